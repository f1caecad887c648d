package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Primitives;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.SettingTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SettingsWriter} has written. */
final class SettingsReader {

  private final IntFunction<LayerSpec> layers;

  /** A reader that finds described layers by their index. */
  SettingsReader(IntFunction<LayerSpec> layers) {
    this.layers = layers;
  }

  ImmutableMap<String, Object> read(Map<String, JsonNode> settings) {
    ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
    settings.forEach((key, node) -> all.put(key, Objects.requireNonNull(read(node), key)));
    return all.buildOrThrow();
  }

  /**
   * One value.
   *
   * @throws IllegalArgumentException if it is of no known type, or its type refuses it
   */
  @Nullable Object read(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isInt()) {
      return node.intValue();
    } else if (node.isDouble()) {
      return node.doubleValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isTextual()) {
      return node.textValue();
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(read(item)));
      return List.copyOf(list);
    } else if (node.isObject()) {
      return typed(node);
    }
    throw new IllegalArgumentException("not a setting: " + node);
  }

  private Object typed(JsonNode node) {
    String name = node.path(SettingsWriter.TYPE).asText();
    JsonNode value = node.path(SettingsWriter.VALUE);
    if (name.equals(SettingsWriter.LONG)) {
      return value.longValue();
    } else if (name.equals(SettingsWriter.DOUBLE)) {
      return Double.valueOf(value.asText());
    }
    Class<?> type = SettingTypes.type(name);
    if (type == LayerSpec.class) {
      return layers.apply(node.path(SettingsWriter.INDEX).asInt(-1));
    }
    return type.isEnum() ? constant(type, value.asText()) : record(type, node);
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + name + "\" is not one of " + Arrays.toString(type.getEnumConstants())));
  }

  private Object record(Class<?> type, JsonNode node) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = read(node.path(components[i].getName()));
      boolean fits =
          values[i] == null
              ? !types[i].isPrimitive()
              : Primitives.wrap(types[i]).isInstance(values[i]);
      if (!fits) {
        throw new IllegalArgumentException(
            "\""
                + components[i].getName()
                + "\" of "
                + node
                + " is no "
                + types[i].getSimpleName());
      }
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getTargetException();
      throw new IllegalArgumentException(cause.getMessage(), cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be made", e);
    }
  }
}
