package dev.tandem.core.layer;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that were made of a layer, by key and in the order in which they were made: what a
 * model file holds of it.
 *
 * @param values numbers, texts, truth values, lists, enum constants, and records such as
 *     activations
 */
public record LayerSettings(ImmutableMap<String, Object> values) {

  /** No settings. */
  public static LayerSettings none() {
    return new LayerSettings(ImmutableMap.of());
  }

  /** One setting. */
  public static <T> LayerSettings of(Setting<T> setting, T value) {
    return none().with(setting, value);
  }

  /**
   * These settings and one more, or one replaced.
   *
   * @throws IllegalArgumentException if the value is null or against the setting's rule
   */
  public <T> LayerSettings with(Setting<T> setting, T value) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put(setting.key(), setting.accept(value));
    return new LayerSettings(ImmutableMap.copyOf(all));
  }

  /**
   * A setting, or what holds where it is not set.
   *
   * @throws IllegalStateException if it is not set and has to be
   * @throws IllegalArgumentException if it came from a file and is of another type or against the
   *     setting's rule
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "setting \"" + setting.key() + "\" is missing; there are " + values));
  }

  /**
   * A setting, or what holds where it is not set; empty if there is neither.
   *
   * @throws IllegalArgumentException as {@link #get}
   */
  public <T> Optional<T> find(Setting<T> setting) {
    Object value = values.get(setting.key());
    return value == null
        ? Optional.ofNullable(setting.otherwise())
        : Optional.of(setting.accept(value));
  }
}
