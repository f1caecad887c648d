package dev.tandem.core.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class LoweringTest {

  private final Ops ops = new Ops();

  private static Dense times(String name, double weight) {
    return Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)).named(name);
  }

  private Lowered lower(Model model, boolean training) {
    List<Value> feeds =
        model.inputs().entrySet().stream()
            .map(
                input -> {
                  TensorSpec spec = input.getValue().spec();
                  return ops.feed(input.getKey(), spec.withShape(spec.shape().withBatch(2)));
                })
            .toList();
    return Lowering.of(ops, Snapshot.of(model, Selection.all()), training, feeds);
  }

  /** The value for inputs of 1 and 2. */
  private double[] run(Value value, String... inputs) {
    try (Program program = new BothEngines().prepare(ops.build(Map.of("y", value)))) {
      for (String input : inputs) {
        program.feed(input, Nd4j.createFromArray(new float[][] {{1}, {2}}));
      }
      program.run(0, 0);
      return program.output("y").data().asDouble();
    }
  }

  @Test
  void outputs_ofANestedModelWithTwoOutputs_areWiredInOrder() {
    Input i = Input.of("i", 1);
    SymbolicTensor doubled = times("double", 2).apply(i);
    Model two = Model.of("two", List.of(i), List.of(times("ten", 10).apply(doubled), doubled));
    Input x = Input.of("x", 1);
    List<SymbolicTensor> both = two.applyAll(List.of(x));
    Model model =
        Model.of("m", List.of(x), List.of(times("half", 0.5).apply(both.get(0)), both.get(1)));

    Lowered lowered = lower(model, false);

    assertThat(run(lowered.outputs().get(0), "x"))
        .containsExactly(new double[] {10, 20}, within(1e-5));
    assertThat(run(lowered.outputs().get(1), "x"))
        .containsExactly(new double[] {2, 4}, within(1e-5));
  }

  @Test
  void outputs_ofAModelThatPassesItsInputThrough_areTheInput() {
    Input i = Input.of("i", 1);
    Model pass = Model.of("pass", i, i);
    Model model = Model.sequential("m", Input.of("x", 1), pass, times("w", 3));

    assertThat(run(lower(model, false).outputs().get(0), "x"))
        .containsExactly(new double[] {3, 6}, within(1e-5));
  }

  @Test
  void outputs_ofACutInTheMiddle_beginAtTheGivenTensor() {
    Input x = Input.of("x", 1);
    SymbolicTensor hidden = times("hidden", 100).apply(x);
    Model head = Model.of("head", hidden, times("w", 3).apply(hidden));

    Lowered lowered = lower(head, false);

    assertThat(run(lowered.outputs().get(0), "hidden"))
        .containsExactly(new double[] {3, 6}, within(1e-5));
    assertThat(lowered.layers()).extracting(layer -> layer.name()).containsExactly("w");
  }

  @Test
  void layers_calledSeveralTimes_areListedOnceWithThoseInside() {
    Dense shared = times("shared", 2);
    BatchNormalization inside = BatchNormalization.of().named("inside");
    TimeDistributed steps = TimeDistributed.of(inside).named("steps");
    Model inner = Model.sequential("inner", Input.of("i", 1), shared);
    Input x = Input.of("x", 1);
    Input sequence = Input.of("sequence", 3, 1);
    SymbolicTensor sum = Add.of().named("sum").apply(inner.apply(x), shared.apply(x));
    Model model = Model.of("m", List.of(x, sequence), List.of(sum, steps.apply(sequence)));

    assertThat(lower(model, false).layers())
        .extracting(layer -> layer.name())
        .containsExactly("shared", "sum", "steps", "inside");
  }

  @Test
  void calls_ofLayers_originateFromTheirPath() {
    Model inner = Model.sequential("inner", Input.of("i", 1), times("w", 2));
    Model model = Model.sequential("m", Input.of("x", 1), inner, times("v", 2));

    Value output = lower(model, false).outputs().get(0);

    assertThat(ops.build(Map.of("y", output)).calls())
        .extracting(OpCall::origin)
        .contains("inner/w", "v");
  }

  @Test
  void activityLosses_ofALayer_areAddedForEachCall() {
    Dense shared = times("w", 2).activityRegularizer(Regularizers.l2(1));
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, shared.apply(shared.apply(x)));

    List<Value> losses = lower(model, true).activityLosses();

    assertThat(losses).hasSize(2);
    assertThat(run(losses.get(0), "x"))
        .containsExactly(new double[] {(4 + 16) / 2.0}, within(1e-5));
    assertThat(run(losses.get(1), "x"))
        .containsExactly(new double[] {(16 + 64) / 2.0}, within(1e-5));
  }

  @Test
  void updates_ofState_areThoseOfLiveCallsInTraining() {
    BatchNormalization norm = BatchNormalization.of().named("norm");
    Model inner = Model.sequential("inner", Input.of("i", 1), norm);
    Model model = Model.sequential("m", Input.of("x", 1), inner);

    assertThat(lower(model, false).updates()).isEmpty();
    assertThat(lower(model, true).updates().keySet())
        .containsExactly(norm.weight("moving_mean"), norm.weight("moving_variance"));
    inner.setTrainable(false);
    assertThat(lower(model, true).updates()).isEmpty();
    inner.setTrainable(true);
    norm.setTrainable(false);
    assertThat(lower(model, true).updates()).isEmpty();
  }

  /** A user's wrapper with a flag of its own. */
  private static final class Around extends Layer {

    private final Layer inside;

    Around(Layer inside) {
      this.inside = inside;
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inside.outputsFor(inputs);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return forward.call(inside, inputs);
    }

    @Override
    public List<Layer> inner() {
      return List.of(inside);
    }

    @Override
    public List<Weight> weights() {
      return inside.weights();
    }
  }

  @Test
  void wrapper_frozenByAFlagOfItsOwn_freezesWhatIsInside() {
    BatchNormalization norm = BatchNormalization.of().named("norm");
    Layer around = new Around(norm).named("around");
    Model model = Model.sequential("m", Input.of("x", 1), around);
    assertThat(model.trainableWeights()).hasSize(2);
    assertThat(lower(model, true).updates()).hasSize(2);

    around.setTrainable(false);

    Lowered lowered = lower(model, true);
    assertThat(norm.isTrainable()).isTrue();
    assertThat(model.trainableWeights()).isEmpty();
    assertThat(lowered.updates()).isEmpty();
    assertThat(run(lowered.outputs().get(0), "x"))
        .as("moving statistics")
        .containsExactly(new double[] {0.9995, 1.999}, within(1e-4));
  }
}
