package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What becomes of a mask in each layer, and that what it leaves out reaches nothing. */
class MasksTest {

  /** x with a mask from a second input, and with all its numbers. */
  static final class Marked extends Layer {

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs.subList(0, 1);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return inputs.subList(0, 1);
    }

    @Override
    protected boolean makesMasks() {
      return true;
    }

    @Override
    protected List<@Nullable Value> masks(
        Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
      return List.of(inputs.get(1));
    }
  }

  /** The samples whose float inputs all are sequences. */
  static List<LayerSample> sequences() {
    return LayerSamples.all().stream()
        .filter(sample -> sample.floats() == sample.inputs().size())
        .filter(sample -> sample.inputs().stream().allMatch(shape -> shape.rank() >= 2))
        .filter(sample -> sample.inputs().get(0).size(0) > 1)
        .filter(
            sample ->
                sample.inputs().stream()
                    .allMatch(shape -> shape.size(0) == sample.inputs().get(0).size(0)))
        .toList();
  }

  private static Optional<Model> masked(LayerSample sample) {
    List<Input> inputs = new ArrayList<>();
    Shape steps = Shape.of(sample.inputs().get(0).size(0));
    Input marks = Input.of("marks", steps, DataType.DOUBLE);
    List<SymbolicTensor> given = new ArrayList<>();
    for (Shape shape : sample.inputs()) {
      Input x = Input.of("x" + inputs.size(), shape, DataType.DOUBLE);
      inputs.add(x);
      given.add(new Marked().apply(x, marks));
    }
    inputs.add(marks);
    Layer layer = sample.layer();
    try {
      return Optional.of(Model.of("model", inputs, layer.applyAll(given)));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).containsAnyOf("with a mask", "mask leaves some out");
      assertThat(layer.isBuilt()).isFalse();
      return Optional.empty();
    }
  }

  /** Layers whose output has all steps beside each other, where the mask is at its end. */
  private static boolean endsIt(LayerSample sample) {
    return List.of("Flatten", "Dot", "Masking", "Unmasking").contains(sample.layer().typeName())
        || sample.layer().typeName().equals("Tensors.gradients");
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void stepsThatAMaskLeavesOut_reachNoOtherStepAndNoGradient(LayerSample sample) {
    Optional<Model> model = masked(sample);
    if (model.isEmpty() || endsIt(sample)) {
      return;
    }
    long steps = sample.inputs().get(0).size(0);
    INDArray marks = SampleArrays.positive(3, 2, steps).assign(1);
    marks.putScalar(0, steps - 1, 0).putScalar(1, 0, 0);
    List<INDArray> values = sample.values(5, 2);
    List<INDArray> others = new ArrayList<>();
    for (INDArray value : values) {
      INDArray other = value.dup('c');
      other.tensorAlongDimension(0, otherAxes(other)).slice(steps - 1).addi(0.7);
      other.tensorAlongDimension(1, otherAxes(other)).slice(0).subi(0.4);
      others.add(other);
    }
    for (boolean training : new boolean[] {true, false}) {
      List<double[]> made = run(model.get(), values, marks, training);
      assertThat(made).hasSizeGreaterThan(1);
      List<double[]> again = run(model.get(), others, marks, training);
      for (int i = 0; i < made.size(); i++) {
        assertThat(again.get(i))
            .as("result %s of %s, training %s", i, sample, training)
            .containsExactly(made.get(i), within(1e-9));
      }
    }
  }

  private static int[] otherAxes(INDArray array) {
    int[] axes = new int[array.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 1;
    }
    return axes;
  }

  /** Outputs where they count, and their gradients at all weights. */
  private static List<double[]> run(
      Model model, List<INDArray> values, INDArray marks, boolean training) {
    Ops ops = new Ops();
    List<Value> feeds = new ArrayList<>();
    List<INDArray> all = new ArrayList<>(values);
    all.add(marks);
    for (INDArray array : all) {
      TensorSpec spec = new TensorSpec(Shape.of(array.shape()), DataType.DOUBLE);
      feeds.add(ops.feed("in" + feeds.size(), spec));
    }
    Lowered lowered = Lowering.of(ops, Snapshot.of(model, Selection.all()), training, feeds);
    Map<String, Value> named = new LinkedHashMap<>();
    Value total = ops.scalar(0, DataType.DOUBLE);
    for (int i = 0; i < lowered.outputs().size(); i++) {
      Value output = lowered.outputs().get(i);
      Value mask = lowered.masks().get(i);
      assertThat(mask != null).isEqualTo(model.graph().outputs().get(i).isMasked());
      Value kept = mask == null ? output : StepMasks.kept(ops, output, mask);
      if (mask != null || output.rank() < 4) { // scores of attention are for masked queries, too
        named.put("out" + i, kept);
        total = ops.add(total, ops.sum(ops.square(kept)));
      }
    }
    List<Value> weights = new ArrayList<>();
    model.weights().forEach(weight -> weights.add(ops.read(weight.variable())));
    List<Value> gradients = Gradients.of(ops, total, weights);
    gradients.forEach(gradient -> named.put("gradient" + named.size(), gradient));
    named.put("total", total);
    lowered.updates().forEach((weight, next) -> named.put("next" + named.size(), next));
    List<double[]> results = new ArrayList<>();
    try (Program program = new BothEngines().prepare(ops.build(named))) {
      for (int i = 0; i < all.size(); i++) {
        if (program.graph().feeds().containsKey("in" + i)) {
          program.feed("in" + i, all.get(i));
        }
      }
      program.run(3, 1);
      named.keySet().forEach(name -> results.add(program.output(name).dup('c').data().asDouble()));
    }
    return results;
  }

  @Test
  void layers_areOfOneOfThreeKinds() {
    List<String> refusing = new ArrayList<>();
    List<String> carrying = new ArrayList<>();
    List<String> ending = new ArrayList<>();
    for (LayerSample sample : sequences()) {
      Optional<Model> model = masked(sample);
      List<String> kind =
          model.isEmpty()
              ? refusing
              : model.get().graph().outputs().get(0).isMasked() ? carrying : ending;
      if (!kind.contains(sample.layer().typeName())) {
        kind.add(sample.layer().typeName());
      }
    }
    assertThat(carrying)
        .contains("Dense", "LSTM", "GRU", "Bidirectional", "MultiHeadAttention")
        .contains("TimeDistributed", "LayerNormalization", "Multiply", "Concatenate", "Masking");
    assertThat(ending).contains("Flatten", "LSTM", "GlobalAveragePooling1D", "Unmasking");
    assertThat(refusing).contains("Conv1D", "MaxPooling1D", "Reshape", "Permute");
  }

  @Test
  void maskOfAnEmbedding_goesThroughLayersAndNestedModels() {
    Input words = Input.of("words", Shape.of(5), DataType.INT32);
    SymbolicTensor x = Embedding.of(7, 3).maskZero(true).apply(words);
    assertThat(x.isMasked()).isTrue();
    Input inside = Input.of("inside", 5, 3);
    Model block = Model.sequential("block", inside, Dense.units(3), LayerNormalization.of());
    assertThat(block.output().isMasked()).isFalse();
    SymbolicTensor behind = block.apply(x);
    assertThat(behind.isMasked()).isTrue();
    assertThat(GlobalAveragePooling1D.of().apply(behind).isMasked()).isFalse();
    Model mixing = Model.sequential("mixing", Input.of("in", 5, 3), Conv1D.filters(2).kernel(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mixing.apply(x))
        .withMessageContaining("Model \"mixing\" was called on a tensor with a mask")
        .withMessageContaining("Conv1D")
        .withMessageContaining("insert Unmasking.of() before it");
    assertThat(mixing.apply(Unmasking.of().apply(x)).isMasked()).isFalse();
  }

  @Test
  void mistakes_areRefusedWithTheRuleAndTheNextStep() {
    Input words = Input.of("words", Shape.of(5), DataType.INT32);
    SymbolicTensor x = Embedding.of(7, 3).maskZero(true).named("table").apply(words);
    refused(
        () -> MaxPooling1D.window(2).named("pool").apply(x),
        "MaxPooling1D \"pool\" would take steps that a mask leaves out for others, got input"
            + " (2, 5, 3) with a mask from \"table\"; insert Unmasking.of() before it");
    refused(
        () -> Add.of().apply(x, Input.of("y", 5, 3)),
        "takes inputs that all have a mask, or none, got (2, 5, 3) with one and (2, 5, 3) without");
    refused(
        () -> Embedding.of(7, 3).maskZero(true).apply(Input.of("w", Shape.of(), DataType.INT32)),
        "masks zeros in sequences (batch, steps)");
    refused(() -> Masking.of(Double.NaN), "Masking of NaN would mask nothing");
    refused(
        () -> LayerNormalization.of().axes(1, 2).apply(x),
        "normalizes over steps, axis 1, of which a mask leaves some out");
    refused(
        () -> Masking.of().apply(Input.of("flat", 5)), "expects rank 3 input (batch, steps, feat");
  }

  private static void refused(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
  }
}
