package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.layer.LayerSpec;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Settings as JSON. Integers, float64, texts and truth values are themselves and lists are lists;
 * records are objects of their components, and enum constants of their value, with the name of
 * their type: {@code {"type": "leaky_relu", "slope": 0.2}}, {@code {"type": "padding", "value":
 * "SAME"}}.
 */
final class SettingsWriter {

  static final String TYPE = "type";
  static final String VALUE = "value";
  static final String INDEX = "index";

  /** The type of a 64-bit integer. */
  static final String LONG = "long";

  /** The type of what JSON has no number for: infinities and NaN, as texts. */
  static final String DOUBLE = "double";

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Function<Class<?>, String> names;
  private final Function<LayerSpec, Integer> layers;

  /**
   * A writer.
   *
   * @param names gives the name of a record or enum type, and throws if there is none
   * @param layers gives the index of a described layer
   */
  SettingsWriter(Function<Class<?>, String> names, Function<LayerSpec, Integer> layers) {
    this.names = names;
    this.layers = layers;
  }

  ObjectNode write(Map<String, Object> settings) {
    ObjectNode node = json.objectNode();
    settings.forEach((key, value) -> node.set(key, write(value)));
    return node;
  }

  /**
   * One value.
   *
   * @throws IllegalArgumentException if it is nothing that a file can hold
   */
  JsonNode write(Object value) {
    if (value == null) {
      return json.nullNode();
    } else if (value instanceof Integer number) {
      return json.numberNode(number);
    } else if (value instanceof Long number) {
      return typed(LONG).put(VALUE, number);
    } else if (value instanceof Double number) {
      return Double.isFinite(number)
          ? json.numberNode(number)
          : typed(DOUBLE).put(VALUE, number.toString());
    } else if (value instanceof Boolean flag) {
      return json.booleanNode(flag);
    } else if (value instanceof String text) {
      return json.textNode(text);
    } else if (value instanceof List<?> list) {
      ArrayNode array = json.arrayNode();
      list.forEach(item -> array.add(write(item)));
      return array;
    } else if (value instanceof LayerSpec layer) {
      return typed(names.apply(LayerSpec.class)).put(INDEX, layers.apply(layer));
    } else if (value instanceof Enum<?> constant) {
      return typed(names.apply(constant.getDeclaringClass())).put(VALUE, constant.name());
    } else if (value instanceof Record record) {
      return components(record);
    }
    throw new IllegalArgumentException(
        value.getClass().getName()
            + " is no number, text, truth value, list, enum or record; use one of these");
  }

  private ObjectNode typed(String name) {
    return json.objectNode().put(TYPE, name);
  }

  private ObjectNode components(Record record) {
    ObjectNode node = typed(names.apply(record.getClass()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (component.getName().equals(TYPE)) {
        throw new IllegalArgumentException(
            record.getClass().getName() + " has a component \"" + TYPE + "\"; rename it");
      }
      try {
        component.getAccessor().setAccessible(true);
        node.set(component.getName(), write(component.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(record.getClass().getName() + " cannot be read", e);
      }
    }
    return node;
  }
}
