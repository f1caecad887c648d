package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Kernels that run one after another for a call. Each writes its text with a {@link Fusion} of its
 * own; in the text, outputs are out0, out1, … and scratch buffers scratch0, scratch1, ….
 */
final class Launches implements CudaChoice {

  /** What a kernel gets besides the inputs of its fusion. */
  private record Slot(boolean scratch, int index) {

    String name() {
      return (scratch ? "scratch" : "out") + index;
    }
  }

  private record Step(KernelText kernel, int firstInput, int inputs, List<Slot> slots) {}

  private final OpCall call;
  private final ImmutableList<Value> inputs;
  private final ImmutableList<Boolean> inPlace;
  private final ImmutableList<TensorSpec> scratch;
  private final ImmutableList<Step> steps;

  private Launches(Builder builder) {
    this.call = builder.call;
    this.inputs = ImmutableList.copyOf(builder.inputs);
    this.inPlace = ImmutableList.copyOf(builder.inPlace);
    this.scratch = ImmutableList.copyOf(builder.scratch);
    this.steps = ImmutableList.copyOf(builder.steps);
  }

  @Override
  public List<Value> inputs(OpCall of) {
    return inputs;
  }

  @Override
  public List<TensorSpec> scratch() {
    return scratch;
  }

  /** The last kernel writes the first output, and may do so where it reads the same element. */
  @Override
  public boolean mayShare(int output, int input) {
    return output == 0 && inPlace.get(input);
  }

  @Override
  public List<Command> commands(Places places) {
    if (call.outputs().stream().allMatch(output -> output.shape().length() == 0)) {
      return List.of();
    }
    ImmutableList.Builder<Command> commands = ImmutableList.builder();
    for (Step step : steps) {
      ImmutableList.Builder<Long> addresses = ImmutableList.builder();
      addresses.addAll(
          places.inputs().subList(step.firstInput(), step.firstInput() + step.inputs()));
      for (Slot slot : step.slots()) {
        addresses.add(slot.scratch() ? places.scratch(slot.index()) : places.out(slot.index()));
      }
      ImmutableList.Builder<Long> lengths = ImmutableList.builder();
      inputs
          .subList(step.firstInput(), step.firstInput() + step.inputs())
          .forEach(input -> lengths.add(input.shape().length()));
      for (Slot slot : step.slots()) {
        lengths.add(
            (slot.scratch() ? scratch.get(slot.index()) : call.outputs().get(slot.index()).spec())
                .shape()
                .length());
      }
      commands.add(new Command.Launch(step.kernel(), addresses.build(), lengths.build()));
    }
    return commands.build();
  }

  /** The lengths of inputs and outputs. */
  static ImmutableList<Long> lengths(List<Value> inputs, List<Value> outputs) {
    return Stream.concat(inputs.stream(), outputs.stream())
        .map(value -> value.shape().length())
        .collect(ImmutableList.toImmutableList());
  }

  /** Collects kernels in the order in which they run. */
  static final class Builder {

    private final OpCall call;
    private final UseCounts uses;
    private final List<Value> inputs = new ArrayList<>();
    private final List<Boolean> inPlace = new ArrayList<>();
    private final List<TensorSpec> scratch = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    Builder(OpCall call, UseCounts uses) {
      this.call = call;
      this.uses = uses;
    }

    /** A writer for one kernel. */
    Fusion fusion() {
      return new Fusion(uses);
    }

    /** Lets the next kernel have an output. */
    Builder out(int index) {
      slots.add(new Slot(false, index));
      return this;
    }

    /** Lets the next kernel have a scratch buffer. */
    Builder scratch(int index, TensorSpec spec) {
      if (index == scratch.size()) {
        scratch.add(spec);
      }
      slots.add(new Slot(true, index));
      return this;
    }

    /** A kernel that has what was asked for since the one before. */
    Builder launch(String label, Fusion fusion, String body, Grid grid) {
      ImmutableList.Builder<String> parameters = ImmutableList.builder();
      int count = fusion.inputs().size();
      int first = inputs.size();
      for (int i = 0; i < count; i++) {
        boolean free = fusion.readsInPlace(i);
        // an output may lie where such an input lies
        String type = fusion.types().get(i);
        parameters.add(free ? type.replace("__restrict__ ", "") : type);
      }
      String text = body;
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        text = text.replaceAll("\\b" + slot.name() + "\\b", "p" + (count + i));
        parameters.add(Objects.requireNonNull(CType.of(spec(slot).dtype())).output());
      }
      for (int i = 0; i < inPlace.size(); i++) {
        inPlace.set(i, true);
      }
      for (int i = 0; i < count; i++) {
        inPlace.add(fusion.readsInPlace(i));
      }
      inputs.addAll(fusion.inputs());
      KernelText kernel = new KernelText(label, parameters.build(), text, grid);
      steps.add(new Step(kernel, first, count, List.copyOf(slots)));
      slots.clear();
      return this;
    }

    private TensorSpec spec(Slot slot) {
      return slot.scratch() ? scratch.get(slot.index()) : call.outputs().get(slot.index()).spec();
    }

    Launches build() {
      return new Launches(this);
    }
  }
}
