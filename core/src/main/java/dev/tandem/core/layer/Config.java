package dev.tandem.core.layer;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a layer by name, in the order in which they were set. Values are numbers,
 * strings, truth values, lists of integers, enum constants, and recipe records such as activations:
 * what a model file can hold.
 *
 * @param settings immutable
 */
public record Config(ImmutableMap<String, Object> settings) {

  /** No settings. */
  public static Config empty() {
    return new Config(ImmutableMap.of());
  }

  /** These settings and one more, or one replaced. */
  public Config with(String key, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put(key, value);
    return new Config(ImmutableMap.copyOf(all));
  }

  /** A setting, if it was set. */
  public <T> Optional<T> find(String key, Class<T> type) {
    return Optional.ofNullable(settings.get(key)).map(type::cast);
  }

  /** A setting, or what holds without it. */
  public <T> T get(String key, T otherwise) {
    @SuppressWarnings("unchecked")
    T value = (T) settings.getOrDefault(key, otherwise);
    return value;
  }

  /**
   * A number that has to be there.
   *
   * @throws IllegalStateException if it is not
   */
  public int integer(String key) {
    if (!(settings.get(key) instanceof Number number)) {
      throw new IllegalStateException("setting \"" + key + "\" is missing; there are " + settings);
    }
    return number.intValue();
  }

  /** A number, or what holds without it. */
  public int integer(String key, int otherwise) {
    return settings.get(key) instanceof Number number ? number.intValue() : otherwise;
  }

  /** A number, or what holds without it. */
  public double number(String key, double otherwise) {
    return settings.get(key) instanceof Number number ? number.doubleValue() : otherwise;
  }

  /** A truth value, or what holds without it. */
  public boolean flag(String key, boolean otherwise) {
    return settings.get(key) instanceof Boolean flag ? flag : otherwise;
  }

  /** A list of integers that has to be there. */
  public List<Integer> integers(String key) {
    if (!(settings.get(key) instanceof List<?> list)) {
      throw new IllegalStateException("setting \"" + key + "\" is missing; there are " + settings);
    }
    return list.stream().map(item -> ((Number) item).intValue()).toList();
  }

  /** A list of integers, or what holds without it. */
  public List<Integer> integers(String key, List<Integer> otherwise) {
    return settings.containsKey(key) ? integers(key) : otherwise;
  }
}
