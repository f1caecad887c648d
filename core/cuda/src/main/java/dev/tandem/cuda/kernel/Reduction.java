package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Axes;
import dev.tandem.core.op.Max;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Combination;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import dev.tandem.cuda.text.ReducedIndex;
import dev.tandem.cuda.text.ReductionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A sum or largest element with the elementwise ops before it and those that go on with its
 * results: one launch, or two where few outputs have very many elements.
 *
 * @param inputs what is read
 * @param inPlace for each input whether its elements are read for the same element of the output
 * @param before how many inputs the first launch reads
 */
record Reduction(
    ImmutableList<Value> inputs,
    ImmutableList<Boolean> inPlace,
    int before,
    ImmutableList<TensorSpec> scratch,
    ImmutableList<KernelText> kernels)
    implements CudaChoice {

  /** The choice for a reduction and the last call that goes on with its results, or itself. */
  static Reduction of(OpCall reduction, OpCall last, UseCounts uses) {
    Value x = reduction.inputs().get(0);
    CType type = Objects.requireNonNull(CType.of(x.dtype()));
    Combination how = reduction.op() instanceof Max ? Combination.MAX : Combination.SUM;
    ReductionText text = ReductionText.of(new ReducedIndex(x.shape(), axes(reduction)));
    Fusion before = new Fusion(uses);
    String value = before.element(x, reduction, "j");
    String element = before.take();
    if (text.parts() == 1) {
      String end = end(before, reduction, last, 0);
      ImmutableList<Boolean> inPlace = inPlace(before);
      KernelText all =
          new KernelText(
              last.op().opName(),
              parameters(before.types(), inPlace, output(last)),
              text.body(type, how, element, value, end),
              text.grid());
      return new Reduction(
          ImmutableList.copyOf(before.inputs()),
          inPlace,
          before.inputs().size(),
          ImmutableList.of(),
          ImmutableList.of(all));
    }
    int count = before.inputs().size();
    long outputs = text.index().outputs();
    String counter = text.index().type().text();
    String part =
        String.format(
            Locale.ROOT, "    p%d[blockIdx.y * (%s)%d + i] = total;\n", count, counter, outputs);
    KernelText parts =
        new KernelText(
            reduction.op().opName() + "_parts",
            parameters(before.types(), falses(count), type),
            text.body(type, how, element, value, part),
            text.grid());
    Fusion after = new Fusion(uses);
    String end = end(after, reduction, last, 1);
    List<String> types = new ArrayList<>(after.types());
    types.add(type.input());
    ImmutableList<Boolean> inPlace =
        ImmutableList.<Boolean>builder().addAll(inPlace(after)).add(false).build();
    ReductionText rest = ReductionText.ofParts(text.parts(), outputs);
    String load =
        String.format(Locale.ROOT, "    const %s part = p%d[j];\n", type.text(), types.size() - 1);
    KernelText whole =
        new KernelText(
            last.op().opName(),
            parameters(types, inPlace, output(last)),
            rest.body(type, how, load, "part", end),
            rest.grid());
    return new Reduction(
        ImmutableList.<Value>builder().addAll(before.inputs()).addAll(after.inputs()).build(),
        ImmutableList.<Boolean>builder().addAll(falses(count)).addAll(inPlace(after)).build(),
        count,
        ImmutableList.of(x.spec().withShape(Shape.of(text.parts(), outputs))),
        ImmutableList.of(parts, whole));
  }

  private static Axes axes(OpCall reduction) {
    return reduction.op() instanceof Sum sum ? sum.axes() : ((Max) reduction.op()).axes();
  }

  private static CType output(OpCall call) {
    return Objects.requireNonNull(CType.of(call.outputs().get(0).dtype()));
  }

  /** What the thread does that has a result. */
  private static String end(Fusion fusion, OpCall reduction, OpCall last, int besides) {
    fusion.define(reduction.outputs().get(0), "i", "total");
    String result = fusion.computed(last, "i");
    String statements = fusion.take();
    return statements
        + "    "
        + Made.store("p" + (fusion.inputs().size() + besides), "i", result)
        + "\n";
  }

  private static ImmutableList<Boolean> inPlace(Fusion fusion) {
    ImmutableList.Builder<Boolean> all = ImmutableList.builder();
    for (int i = 0; i < fusion.inputs().size(); i++) {
      all.add(fusion.readsInPlace(i));
    }
    return all.build();
  }

  private static ImmutableList<Boolean> falses(int count) {
    return ImmutableList.copyOf(java.util.Collections.nCopies(count, false));
  }

  /** An output may lie where an input lies, which is not said to be apart then. */
  private static ImmutableList<String> parameters(
      List<String> inputs, List<Boolean> inPlace, CType output) {
    ImmutableList.Builder<String> all = ImmutableList.builder();
    for (int i = 0; i < inputs.size(); i++) {
      String type = inputs.get(i);
      all.add(inPlace.get(i) ? type.replace("__restrict__ ", "") : type);
    }
    return all.add(output.output()).build();
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return inputs;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return inPlace.get(input);
  }

  @Override
  public List<Command> commands(Places places) {
    if (places.call().outputs().get(0).shape().length() == 0) {
      return List.of();
    }
    long outputs = places.call().outputs().get(0).shape().length();
    if (kernels.size() == 1) {
      return List.of(launch(0, places, List.of(places.out()), List.of(outputs)));
    }
    long parts = scratch.get(0).shape().length();
    return List.of(
        launch(0, places, List.of(places.scratch(0)), List.of(parts)),
        launch(1, places, List.of(places.scratch(0), places.out()), List.of(parts, outputs)));
  }

  private Command launch(int index, Places places, List<Long> slots, List<Long> lengths) {
    int from = index == 0 ? 0 : before;
    int to = index == 0 ? before : inputs.size();
    return new Command.Launch(
        kernels.get(index),
        ImmutableList.<Long>builder()
            .addAll(places.inputs().subList(from, to))
            .addAll(slots)
            .build(),
        ImmutableList.<Long>builder()
            .addAll(Launches.lengths(inputs.subList(from, to), List.of()))
            .addAll(lengths)
            .build());
  }
}
