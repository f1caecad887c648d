package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of one layer, read key by key. What does not fit is noted with its place, and a
 * stand-in is given so that reading goes on; keys that nobody asked for are noted at the end.
 */
final class Config {

  private final JsonNode node;
  private final String place;
  private final Problems problems;
  private final List<String> notes;
  private final Set<String> read = new HashSet<>();

  Config(JsonNode node, String place, Problems problems, List<String> notes) {
    this.node = node;
    this.place = place;
    this.problems = problems;
    this.notes = notes;
  }

  /** The place of the layer, as in {@code model "m", layer "d" (Dense)}. */
  String place() {
    return place;
  }

  Problems problems() {
    return problems;
  }

  /** Whether the file is of Keras 2, where some things had other constants. */
  boolean isKeras2() {
    return problems.isKeras2();
  }

  /** Adds a remark to the report: something that is imported, but not quite the same. */
  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** The remarks so far. */
  List<String> notes() {
    return notes;
  }

  /** Notes that the value of a key cannot be imported. */
  void refuse(String key, String why) {
    problems.add(place + ", " + key, "is " + show(get(key)) + "; " + why);
  }

  private static String show(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /** The value of a key; missing where there is none or null. */
  JsonNode get(String key) {
    read.add(key);
    JsonNode value = node.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String key) {
    return !get(key).isMissingNode();
  }

  private void wrong(String key, String expected) {
    JsonNode value = get(key);
    problems.add(
        place + ", " + key,
        (value.isMissingNode() ? "is missing" : "is " + show(value)) + "; expected " + expected);
  }

  /** A whole number above 0 that has to be there. */
  int positive(String key) {
    JsonNode value = get(key);
    if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
      return value.intValue();
    }
    if (value.isFloatingPointNumber()
        && value.doubleValue() == value.intValue()
        && value.intValue() > 0) {
      return value.intValue();
    }
    wrong(key, "a whole number above 0");
    return 1;
  }

  int integer(String key, int otherwise) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isArray() && value.size() == 1) {
      value = value.get(0);
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      wrong(key, "a whole number");
      return otherwise;
    }
    return value.intValue();
  }

  double number(String key, double otherwise) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isObject() && value.path("config").path("value").isNumber()) {
      value = value.path("config").path("value"); // a NumPy number
    }
    if (!value.isNumber()) {
      wrong(key, "a number");
      return otherwise;
    }
    return value.doubleValue();
  }

  boolean flag(String key, boolean otherwise) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrong(key, "true or false");
    }
    return value.asBoolean(otherwise);
  }

  String text(String key, String otherwise) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      wrong(key, "a text");
      return otherwise;
    }
    return value.textValue();
  }

  /** Rows and columns, given as one number for both or as two. */
  int[] pair(String key, int otherwise) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return new int[] {otherwise, otherwise};
    }
    if (value.isIntegralNumber()) {
      return new int[] {value.intValue(), value.intValue()};
    }
    if (value.isArray()
        && value.size() == 2
        && value.get(0).isIntegralNumber()
        && value.get(1).isIntegralNumber()) {
      return new int[] {value.get(0).intValue(), value.get(1).intValue()};
    }
    wrong(key, "one whole number or two");
    return new int[] {1, 1};
  }

  /** Top, bottom, left, right, given as one number, two, or two pairs. */
  int[] borders(String key) {
    JsonNode value = get(key);
    if (value.isArray() && value.size() == 2 && value.get(0).isArray() && value.get(1).isArray()) {
      JsonNode rows = value.get(0);
      JsonNode columns = value.get(1);
      return new int[] {
        rows.path(0).asInt(), rows.path(1).asInt(), columns.path(0).asInt(), columns.path(1).asInt()
      };
    }
    int[] both = pair(key, 1);
    return new int[] {both[0], both[0], both[1], both[1]};
  }

  /** A list of whole numbers; one number is a list of one. */
  int[] integers(String key) {
    JsonNode value = get(key);
    List<Integer> all = new ArrayList<>();
    if (value.isIntegralNumber()) {
      all.add(value.intValue());
    } else if (value.isArray()) {
      for (JsonNode one : value) {
        if (!one.isIntegralNumber()) {
          wrong(key, "whole numbers");
          return new int[0];
        }
        all.add(one.intValue());
      }
    } else if (!value.isMissingNode()) {
      wrong(key, "whole numbers");
    }
    return all.stream().mapToInt(i -> i).toArray();
  }

  /** Takes keys that change nothing that is computed, whatever their value. */
  void ignore(String... keys) {
    read.addAll(List.of(keys));
  }

  /** Takes all keys, for a layer that computes nothing. */
  void ignoreAll() {
    node.fieldNames().forEachRemaining(read::add);
  }

  /** Refuses a key whose value is not this one, or null. */
  void expect(String key, String value, String why) {
    if (has(key) && !get(key).asText().equals(value)) {
      refuse(key, why);
    }
  }

  /** Refuses a key that is set to true. */
  void expectOff(String key, String why) {
    if (flag(key, false)) {
      refuse(key, why);
    }
  }

  /** Notes keys that nobody asked for, but those that say nothing. */
  void finish() {
    for (Map.Entry<String, JsonNode> one : node.properties()) {
      JsonNode value = one.getValue();
      boolean says =
          !value.isNull()
              && !(value.isBoolean() && !value.booleanValue())
              && !(value.isContainerNode() && value.isEmpty());
      if (says && !read.contains(one.getKey())) {
        problems.add(
            place + ", " + one.getKey(),
            "is " + show(value) + ", which is not known here; what it changes cannot be told");
      }
    }
  }
}
