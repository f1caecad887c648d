package dev.tandem.core.layer;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a kind of layer: the key that files know it by, its type, the value that holds
 * unless it is set, and the rule for its values. A kind of layer has one constant for each:
 *
 * <pre>{@code
 * private static final Setting<Double> FACTOR = Setting.number("factor").otherwise(1.0);
 * }</pre>
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {

  private final String key;
  private final String what;
  private final String typeName;
  private final Function<Object, @Nullable T> type;
  private final @Nullable T otherwise;
  private final BiConsumer<String, T> rule;

  private Setting(
      String key,
      String what,
      String typeName,
      Function<Object, @Nullable T> type,
      @Nullable T otherwise,
      BiConsumer<String, T> rule) {
    this.key = key;
    this.what = what;
    this.typeName = typeName;
    this.type = type;
    this.otherwise = otherwise;
    this.rule = rule;
  }

  private static <T> Setting<T> of(
      String key, String typeName, Function<Object, @Nullable T> type) {
    return new Setting<>(key, key, typeName, type, null, (what, value) -> {});
  }

  /**
   * A setting that is an object: an enum constant, or a record such as an activation, which files
   * hold if {@link SettingTypes} knows it.
   */
  public static <T> Setting<T> of(String key, Class<T> type) {
    return of(
        key,
        "of type " + type.getSimpleName(),
        value -> type.isInstance(value) ? type.cast(value) : null);
  }

  /** A setting that is a truth value. */
  public static Setting<Boolean> flag(String key) {
    return of(key, "a truth value", value -> value instanceof Boolean flag ? flag : null);
  }

  /** A setting that is an integer of 32 bits. */
  public static Setting<Integer> integer(String key) {
    return of(key, "an integer", Setting::asInteger);
  }

  /** A setting that is a float64. */
  public static Setting<Double> number(String key) {
    return of(
        key, "a number", value -> value instanceof Number number ? number.doubleValue() : null);
  }

  /** A setting that is a list of integers of 32 bits. */
  public static Setting<List<Integer>> integers(String key) {
    return of(key, "a list of integers", Setting::asIntegers);
  }

  private static @Nullable Integer asInteger(Object value) {
    return value instanceof Number number && number.intValue() == number.doubleValue()
        ? number.intValue()
        : null;
  }

  private static @Nullable List<Integer> asIntegers(Object value) {
    return value instanceof List<?> list
            && list.stream().allMatch(item -> item != null && asInteger(item) != null)
        ? list.stream().map(item -> ((Number) item).intValue()).toList()
        : null;
  }

  /** The same setting with a value that holds where it is not set. */
  public Setting<T> otherwise(T value) {
    return new Setting<>(key, what, typeName, type, value, rule);
  }

  /** The same setting under the words that messages call it by; its key unless given. */
  public Setting<T> called(String words) {
    return new Setting<>(key, words, typeName, type, otherwise, rule);
  }

  /**
   * The same setting with a rule for its values, also for those of files.
   *
   * @param check of what messages call the setting, and a value; throws an IllegalArgumentException
   *     that names both if the value will not do
   */
  public Setting<T> checked(BiConsumer<String, T> check) {
    return new Setting<>(key, what, typeName, type, otherwise, rule.andThen(check));
  }

  /** The key that files know it by. */
  public String key() {
    return key;
  }

  /** The value that holds where it is not set; null if it has to be set or there is none. */
  @Nullable T otherwise() {
    return otherwise;
  }

  /**
   * A value of this setting.
   *
   * @throws IllegalArgumentException if it is null, of another type or against the rule
   */
  T accept(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is null; give a value, or leave it out");
    }
    T typed = type.apply(value);
    if (typed == null) {
      throw new IllegalArgumentException(what + " is not " + typeName + ": " + value);
    }
    rule.accept(what, typed);
    return typed;
  }

  @Override
  public String toString() {
    return key;
  }
}
