package dev.tandem.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One object of a configuration. What is missing or of another kind becomes a problem that names
 * the place, and a harmless value stands in for it, so that all problems are found.
 */
final class Section {

  private final JsonNode node;
  private final String place;
  private final Problems problems;

  Section(JsonNode node, String place, Problems problems) {
    this.node = node;
    this.place = place;
    this.problems = problems;
  }

  /** A problem at this place. */
  void problem(String text) {
    problems.add(place, text);
  }

  String place() {
    return place;
  }

  Problems problems() {
    return problems;
  }

  /** Whether it is there at all. */
  boolean exists() {
    return node.isObject();
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The class that it describes, without package, as in {@code DenseLayer}; empty if none. */
  String type() {
    String name = node.path("@class").asText("");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The same object under a name that says more of its place. */
  Section at(String otherPlace) {
    return new Section(node, otherPlace, problems);
  }

  Section section(String key) {
    JsonNode inner = node.path(key);
    return new Section(inner.isObject() ? inner : MissingNode.getInstance(), place, problems);
  }

  List<Section> sections(String key) {
    List<Section> all = new ArrayList<>();
    node.path(key).forEach(each -> all.add(new Section(each, place, problems)));
    return all;
  }

  int integer(String key) {
    JsonNode value = node.path(key);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      problem("has no whole number \"" + key + "\"" + got(value));
      return 1;
    }
    return value.intValue();
  }

  /** A whole number above 0. */
  int size(String key) {
    int size = integer(key);
    if (size < 1) {
      problem("\"" + key + "\" is " + size + ", and has to be above 0");
      return 1;
    }
    return size;
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  double number(String key, double otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      problem("\"" + key + "\" is no number" + got(value));
      return otherwise;
    }
    return value.doubleValue();
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? node.path(key).asBoolean(otherwise) : otherwise;
  }

  String text(String key, String otherwise) {
    return has(key) ? node.path(key).asText(otherwise) : otherwise;
  }

  /** So many whole numbers of at least the smallest one. */
  int[] integers(String key, int count, int smallest) {
    JsonNode value = node.path(key);
    int[] numbers = new int[count];
    Arrays.fill(numbers, Math.max(smallest, 1));
    if (!value.isArray() || value.size() != count) {
      problem("\"" + key + "\" is not a list of " + count + " whole numbers" + got(value));
      return numbers;
    }
    for (int i = 0; i < count; i++) {
      JsonNode each = value.get(i);
      if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < smallest) {
        problem("\"" + key + "\" has to hold whole numbers from " + smallest + " on" + got(value));
        return numbers;
      }
      numbers[i] = each.intValue();
    }
    return numbers;
  }

  /** All whole numbers of a list; empty if there is none. */
  List<Integer> integers(String key) {
    List<Integer> all = new ArrayList<>();
    node.path(key).forEach(each -> all.add(each.asInt()));
    return all;
  }

  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    node.path(key).forEach(each -> all.add(each.asText()));
    return all;
  }

  private static String got(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    String text = value.toString();
    return ": " + (text.length() > 60 ? text.substring(0, 60) + "…" : text);
  }
}
