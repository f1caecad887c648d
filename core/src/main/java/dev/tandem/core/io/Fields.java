package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.data.DataFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** An object of a manifest, read with its place at hand for messages. */
final class Fields {

  private final String directory;
  private final String place;
  private final JsonNode node;

  private Fields(String directory, String place, JsonNode node) {
    this.directory = directory;
    this.place = place;
    this.node = node;
    if (!node.isObject()) {
      throw damaged("is not an object");
    }
  }

  /** The whole manifest. */
  static Fields of(String directory, JsonNode root) {
    return new Fields(directory, "", root);
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  String text(String key) {
    return get(key, JsonNode::isTextual, "text").textValue();
  }

  boolean flag(String key) {
    return get(key, JsonNode::isBoolean, "true or false").booleanValue();
  }

  long number(String key) {
    return get(key, JsonNode::canConvertToExactIntegral, "an integer").longValue();
  }

  /** An integer that counts the elements of a list of this size. */
  int index(String key, int size) {
    long index = number(key);
    if (index < 0 || index >= size) {
      throw damaged("\"" + key + "\" is not in [0, " + size + "): " + index);
    }
    return (int) index;
  }

  long[] longs(String key) {
    JsonNode list = list(key);
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!list.get(i).canConvertToExactIntegral()) {
        throw damaged("\"" + key + "\" is not a list of integers");
      }
      numbers[i] = list.get(i).longValue();
    }
    return numbers;
  }

  /** The elements of a list of objects. */
  List<Fields> objects(String key) {
    JsonNode list = list(key);
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(new Fields(directory, place + key + "[" + i + "] ", list.get(i)));
    }
    return objects;
  }

  Fields object(String key) {
    JsonNode object = get(key, JsonNode::isObject, "an object");
    return new Fields(directory, place + key + " ", object);
  }

  /** The keys of this object with what they stand for, in their order. */
  Map<String, JsonNode> entries() {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    node.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  JsonNode list(String key) {
    return get(key, JsonNode::isArray, "a list");
  }

  private JsonNode get(String key, Predicate<JsonNode> test, String what) {
    JsonNode value = node.path(key);
    if (!test.test(value)) {
      throw damaged("\"" + key + "\" is not " + what);
    }
    return value;
  }

  /** The error for content that no version of this library writes. */
  DataFileException damaged(String problem) {
    return new DataFileException(
        directory,
        Manifest.FILE
            + " is damaged: "
            + place
            + problem
            + "; nothing was loaded; take another copy");
  }

  /** The error for an entry that this library cannot make anything of. */
  DataFileException rejected(RuntimeException reason) {
    return new DataFileException(
        directory,
        Manifest.FILE
            + ": "
            + place
            + node
            + " cannot be made: "
            + reason.getMessage()
            + "; nothing was loaded",
        reason);
  }
}
