package dev.tandem.core.layer;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names for layers that were given none: {@code dense}, {@code dense_1}, … as they are asked for.
 */
final class AutoNames {

  private static final Map<String, AtomicInteger> GIVEN = new ConcurrentHashMap<>();

  private AutoNames() {}

  static String next(String typeName) {
    String base = typeName.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    int number = GIVEN.computeIfAbsent(base, b -> new AtomicInteger()).getAndIncrement();
    return number == 0 ? base : base + "_" + number;
  }
}
