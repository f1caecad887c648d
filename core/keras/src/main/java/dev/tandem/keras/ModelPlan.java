package dev.tandem.keras;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model of a file: what it is made of, and which calls lead from its inputs to its outputs. */
final class ModelPlan extends Part {

  /** A layer that cannot be called where the file calls it. */
  static final class Misfit extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    Misfit(String message, RuntimeException cause) {
      super(message, cause);
    }
  }

  private final String place;
  private final ImmutableList<InputPlan> inputs;
  private final ImmutableList<Part> parts;
  private final ImmutableList<PartCall> calls;
  private final ImmutableList<TensorRef> outputs;
  private @Nullable Model model;

  /**
   * A model.
   *
   * @param place what messages call it
   * @param parts layers and models, in Keras's order, each once
   * @param calls in the order of each part's own
   */
  ModelPlan(
      String name,
      String kerasClass,
      boolean trainable,
      List<String> notes,
      String place,
      List<InputPlan> inputs,
      List<Part> parts,
      List<PartCall> calls,
      List<TensorRef> outputs) {
    super(name, kerasClass, trainable, notes);
    this.place = place;
    this.inputs = ImmutableList.copyOf(inputs);
    this.parts = ImmutableList.copyOf(parts);
    this.calls = ImmutableList.copyOf(calls);
    this.outputs = ImmutableList.copyOf(outputs);
  }

  ImmutableList<InputPlan> inputs() {
    return inputs;
  }

  ImmutableList<Part> parts() {
    return parts;
  }

  /** The model, once it is built. */
  Model model() {
    return Objects.requireNonNull(model);
  }

  /** Whether it was called anywhere. */
  boolean isBuilt() {
    return model != null;
  }

  @Override
  boolean takesIntegers(int input) {
    List<Boolean> uses = uses(inputs.get(input));
    return !uses.isEmpty() && uses.stream().allMatch(use -> use);
  }

  /** For each use of an input, whether it is one of integers. */
  List<Boolean> uses(InputPlan input) {
    List<Boolean> uses = new ArrayList<>();
    for (PartCall call : calls) {
      for (int i = 0; i < call.inputs().size(); i++) {
        if (call.inputs().get(i).layer().equals(input.name())) {
          uses.add(call.part().takesIntegers(i));
        }
      }
    }
    return uses;
  }

  @Override
  List<SymbolicTensor> call(List<SymbolicTensor> given, CallForm form) {
    if (model == null) {
      if (given.size() != inputs.size()) {
        throw new IllegalArgumentException(
            place + ": has " + inputs.size() + " inputs and is called on " + given.size());
      }
      build(given.stream().map(SymbolicTensor::spec).toList());
    }
    return form.inference() ? model().inference().applyAll(given) : model().applyAll(given);
  }

  /** Builds it for the shapes of its own configuration. */
  Model build() {
    List<TensorSpec> specs = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      InputPlan input = inputs.get(i);
      specs.add(
          new TensorSpec(input.sample().orElseThrow().batched(), input.type(takesIntegers(i))));
    }
    return build(specs);
  }

  private Model build(List<TensorSpec> specs) {
    Map<String, List<List<SymbolicTensor>>> made = new HashMap<>();
    List<SymbolicTensor> entries = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec spec = specs.get(i);
      Input input = Input.of(inputs.get(i).name(), spec.shape().sample(), spec.dtype());
      entries.add(input);
      made.put(inputs.get(i).name(), List.of(List.of(input)));
    }
    record(made);
    List<SymbolicTensor> ends = new ArrayList<>();
    for (TensorRef output : outputs) {
      ends.add(find(made, output).orElseThrow(() -> new IllegalArgumentException(unmet(output))));
    }
    try {
      model = Model.of(name(), entries, ends);
    } catch (IllegalArgumentException error) {
      throw new Misfit(place + ": " + error.getMessage(), error);
    }
    model.setTrainable(isTrainable());
    return model;
  }

  /** Records the calls, each when its inputs are there: the file has them by layer. */
  private void record(Map<String, List<List<SymbolicTensor>>> made) {
    List<PartCall> waiting = new ArrayList<>(calls);
    while (!waiting.isEmpty()) {
      List<PartCall> later = new ArrayList<>();
      List<Part> behind = new ArrayList<>();
      for (PartCall call : waiting) {
        List<SymbolicTensor> given = new ArrayList<>();
        for (TensorRef ref : call.inputs()) {
          find(made, ref).ifPresent(given::add);
        }
        if (given.size() < call.inputs().size() || behind.contains(call.part())) {
          later.add(call);
          behind.add(call.part());
          continue;
        }
        made.computeIfAbsent(call.part().name(), key -> new ArrayList<>()).add(call(call, given));
      }
      if (later.size() == waiting.size()) {
        throw new IllegalArgumentException(
            unmet(later.get(0).inputs().get(0))
                + ", which \""
                + later.get(0).part().name()
                + "\" needs");
      }
      waiting = later;
    }
  }

  private String unmet(TensorRef ref) {
    return place + ": there is no way from the inputs to " + ref;
  }

  private List<SymbolicTensor> call(PartCall call, List<SymbolicTensor> given) {
    try {
      return call.part().call(given, call.form());
    } catch (Misfit known) {
      throw known;
    } catch (IllegalArgumentException | IllegalStateException error) {
      throw new Misfit(
          LayerReaders.place(place, call.part().name(), call.part().kerasClass())
              + ": "
              + error.getMessage(),
          error);
    }
  }

  private static Optional<SymbolicTensor> find(
      Map<String, List<List<SymbolicTensor>>> made, TensorRef ref) {
    List<List<SymbolicTensor>> calls = made.getOrDefault(ref.layer(), Collections.emptyList());
    if (ref.call() >= calls.size() || ref.output() >= calls.get(ref.call()).size()) {
      return Optional.empty();
    }
    return Optional.of(calls.get(ref.call()).get(ref.output()));
  }
}
