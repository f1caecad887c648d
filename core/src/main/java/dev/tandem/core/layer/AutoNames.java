package dev.tandem.core.layer;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** Names that users or files gave: they are not given again. */
  private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

  private AutoNames() {}

  static String next(String typeName) {
    String base = WORDS.matcher(typeName).replaceAll("_").toLowerCase(Locale.ROOT);
    AtomicInteger given = GIVEN.computeIfAbsent(base, b -> new AtomicInteger());
    String name;
    do {
      int number = given.getAndIncrement();
      name = number == 0 ? base : base + "_" + number;
    } while (TAKEN.contains(name));
    return name;
  }

  static void take(String name) {
    TAKEN.add(name);
  }
}
