package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.BatchPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a run besides models and trainers: {@code
 * RunState.at(batches.position()).with("noise", counter)}.
 *
 * @param position of the data, if it matters
 * @param numbers counters and the like, by name
 * @param texts notes, by name
 */
public record RunState(
    Optional<BatchPosition> position,
    ImmutableMap<String, Long> numbers,
    ImmutableMap<String, String> texts) {

  /** Nothing to remember. */
  public static RunState empty() {
    return new RunState(Optional.empty(), ImmutableMap.of(), ImmutableMap.of());
  }

  /** The batch that comes next. */
  public static RunState at(BatchPosition position) {
    return new RunState(Optional.of(position), ImmutableMap.of(), ImmutableMap.of());
  }

  /** The same with one more number, or one replaced. */
  public RunState with(String name, long number) {
    return new RunState(position, put(numbers, name, number), texts);
  }

  /** The same with one more text, or one replaced. */
  public RunState with(String name, String text) {
    return new RunState(position, numbers, put(texts, name, text));
  }

  /**
   * A number by its name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public long number(String name) {
    return get(numbers, "number", name);
  }

  /**
   * A text by its name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public String text(String name) {
    return get(texts, "text", name);
  }

  private static <T> T get(Map<String, T> map, String kind, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "no " + kind + " is named \"" + name + "\"; there are " + map.keySet());
    }
    return value;
  }

  private static <T> ImmutableMap<String, T> put(Map<String, T> map, String name, T value) {
    Map<String, T> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return ImmutableMap.copyOf(all);
  }

  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    position.ifPresent(
        at -> node.putObject("position").put("epoch", at.epoch()).put("batch", at.batch()));
    ObjectNode numbersNode = node.putObject("numbers");
    numbers.forEach(numbersNode::put);
    ObjectNode textsNode = node.putObject("texts");
    texts.forEach(textsNode::put);
    return node;
  }

  static RunState of(Fields fields) {
    RunState state = empty();
    if (fields.has("position")) {
      Fields at = fields.object("position");
      int epoch = at.index("epoch", Integer.MAX_VALUE);
      state = at(new BatchPosition(epoch, at.index("batch", Integer.MAX_VALUE)));
    }
    Fields numbers = fields.object("numbers");
    for (String name : numbers.entries().keySet()) {
      state = state.with(name, numbers.number(name));
    }
    Fields texts = fields.object("texts");
    for (String name : texts.entries().keySet()) {
      state = state.with(name, texts.text(name));
    }
    return state;
  }
}
