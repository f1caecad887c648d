package dev.tandem.gan.config;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.gan.net.NetTypes;
import dev.tandem.gan.train.RunTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The record types that may stand for a type, by name. */
final class Kinds {

  private Kinds() {}

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> all = new HashMap<>(RunTypes.all());
    all.putAll(NetTypes.all());
    return all;
  }

  /** The types that are of a declared one, sorted by name. */
  static ImmutableSortedMap<String, Class<?>> of(Class<?> declared) {
    return all().entrySet().stream()
        .filter(entry -> entry.getValue().isRecord() && declared.isAssignableFrom(entry.getValue()))
        .collect(
            ImmutableSortedMap.toImmutableSortedMap(
                String::compareTo, Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The name of a type, if it has one. */
  static Optional<String> name(Class<?> type) {
    return Stream.concat(RunTypes.all().entrySet().stream(), NetTypes.all().entrySet().stream())
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .map(String.class::cast)
        .findFirst();
  }
}
