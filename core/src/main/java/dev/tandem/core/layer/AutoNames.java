package dev.tandem.core.layer;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Names for layers that were given none: {@code dense}, {@code dense_1}, … as they are asked for.
 */
final class AutoNames {

  /** Between the words of BatchNormalization and of Conv2DTranspose. */
  private static final Pattern WORDS =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9]{2})(?=[A-Z][a-z])");

  private static final Map<String, AtomicInteger> GIVEN = new ConcurrentHashMap<>();

  private AutoNames() {}

  static String next(String typeName) {
    String base = WORDS.matcher(typeName).replaceAll("_").toLowerCase(Locale.ROOT);
    int number = GIVEN.computeIfAbsent(base, b -> new AtomicInteger()).getAndIncrement();
    return number == 0 ? base : base + "_" + number;
  }
}
