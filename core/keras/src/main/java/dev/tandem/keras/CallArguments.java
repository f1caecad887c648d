package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is called on, and how.
 *
 * @param tensors in the order of Tandem's layer: those of the call, first states, a mask
 * @param training what it is called with; null for nothing. Files of Keras 3 have the default of a
 *     layer's class here where nothing was said, and {@code fit} and {@code predict} say it anew
 * @param causal whether it is called with {@code use_causal_mask=True}
 * @param attentionMask whether the last tensor is a mask
 * @param mask what Keras 3 hands along as the mask of the first tensor; null for nothing
 * @param ofKeras3 whether it is written as arguments of Python's
 */
record CallArguments(
    List<Endpoint> tensors,
    @Nullable Boolean training,
    boolean causal,
    boolean attentionMask,
    @Nullable Endpoint mask,
    boolean ofKeras3) {

  /** Tensors that calls have by name, in the order in which Tandem's layers take them. */
  private static final List<String> TENSORS =
      List.of("query", "value", "key", "initial_state", "attention_mask");

  private static final Set<String> SAYS = Set.of("training", "use_causal_mask", "mask");

  static CallArguments read(JsonNode call, String place, Problems problems) {
    List<Endpoint> tensors = new ArrayList<>();
    if (call.isArray()) {
      // Keras 2: [name, call, output, arguments] for each tensor.
      Boolean training = null;
      boolean causal = false;
      for (JsonNode one : Endpoint.isOne(call) ? List.of(call) : call) {
        if (!Endpoint.isOne(one)) {
          problems.add(place, "is called on " + one + ", which is no tensor of a layer");
          continue;
        }
        tensors.add(Endpoint.of(one));
        JsonNode arguments = one.path(3);
        Boolean told = flag(arguments, "training");
        training = told == null ? training : told;
        causal |= Boolean.TRUE.equals(flag(arguments, "use_causal_mask"));
        refuseOthers(arguments, Set.of("training", "use_causal_mask"), place, problems);
      }
      return new CallArguments(List.copyOf(tensors), training, causal, false, null, false);
    }
    call.path("args").forEach(argument -> collect(argument, tensors, place, problems));
    JsonNode named = call.path("kwargs");
    Map<String, List<Endpoint>> byName = new LinkedHashMap<>();
    for (String name : TENSORS) {
      List<Endpoint> found = new ArrayList<>();
      if (!named.path(name).isMissingNode()) {
        collect(named.get(name), found, place, problems);
      }
      byName.put(name, found);
      tensors.addAll(found);
    }
    List<Endpoint> mask = new ArrayList<>();
    if (!named.path("mask").isMissingNode()) {
      collect(named.get("mask"), mask, place, problems);
    }
    refuseOthers(named, SAYS, place, problems);
    return new CallArguments(
        List.copyOf(tensors),
        flag(named, "training"),
        Boolean.TRUE.equals(flag(named, "use_causal_mask")),
        !byName.getOrDefault("attention_mask", List.of()).isEmpty(),
        mask.isEmpty() ? null : mask.get(0),
        true);
  }

  /** Whether it is called with {@code training=False}. */
  boolean inference() {
    return Boolean.FALSE.equals(training);
  }

  CallForm form(boolean asInInference) {
    return new CallForm(asInInference, causal, attentionMask, mask != null);
  }

  private static @Nullable Boolean flag(JsonNode arguments, String name) {
    JsonNode value = arguments.path(name);
    return value.isBoolean() ? (Boolean) value.booleanValue() : null;
  }

  private static void collect(
      JsonNode argument, List<Endpoint> tensors, String place, Problems problems) {
    if (argument.isArray()) {
      argument.forEach(inner -> collect(inner, tensors, place, problems));
      return;
    }
    JsonNode history = argument.path("config").path("keras_history");
    if (argument.path("class_name").asText().equals("__keras_tensor__")
        && Endpoint.isOne(history)) {
      tensors.add(Endpoint.of(history));
    } else if (!argument.isNull()) {
      problems.add(place, "is called on " + argument + ", which is no tensor of a layer");
    }
  }

  private static void refuseOthers(
      JsonNode arguments, Set<String> known, String place, Problems problems) {
    for (Map.Entry<String, JsonNode> one : arguments.properties()) {
      boolean says = known.contains(one.getKey()) || TENSORS.contains(one.getKey());
      boolean off = one.getValue().isBoolean() && !one.getValue().booleanValue();
      if (!says && !one.getValue().isNull() && !off) {
        problems.add(
            place,
            "is called with "
                + one.getKey()
                + "="
                + one.getValue()
                + "; calls are imported with tensors, first states, masks and training=False"
                + " alone");
      }
    }
  }
}
