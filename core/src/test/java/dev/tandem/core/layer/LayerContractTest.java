package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.GradientCheck;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every layer promises, held against every line of {@link LayerSamples}. */
class LayerContractTest {

  private static final String SAMPLES = "dev.tandem.core.layer.LayerSamples#all";

  @Test
  void samples_coverEveryLayerType() {
    Set<String> sampled =
        LayerSamples.all().stream()
            .map(sample -> sample.layer().typeName())
            .collect(Collectors.toSet());

    assertThat(sampled).containsAll(LayerTypes.STANDARD).contains("Lambda", "SameDiffLayer");
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void outputs_haveTheShapesThatAreComputed(LayerSample sample) {
    Model model = sample.model("model", sample.layer());
    for (long batch : new long[] {2, 3}) {
      for (boolean training : new boolean[] {true, false}) {
        List<TensorSpec> drawn =
            model.graph().outputs().stream()
                .map(tensor -> tensor.spec().withShape(tensor.shape().withBatch(batch)))
                .toList();
        List<TensorSpec> computed =
            ModelRun.of(model, training).on(sample.values(1, batch)).outputs().stream()
                .map(array -> new TensorSpec(Shape.of(array.shape()), array.dataType()))
                .toList();

        assertThat(computed).isEqualTo(drawn);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void outputs_inFloat32_areThoseOfFloat64(LayerSample sample) {
    Layer exact = sample.layer();
    Layer rounded = sample.layer();
    Model exactModel = sample.model("exact", exact);
    Model roundedModel = sample.ofType(DataType.FLOAT).model("rounded", rounded);
    for (int i = 0; i < exact.weights().size(); i++) {
      rounded.weights().get(i).set(exact.weights().get(i).values());
    }
    List<INDArray> values = sample.values(6, 2);

    ModelRun expected = ModelRun.of(exactModel, false).on(values);
    ModelRun actual =
        ModelRun.of(roundedModel, false)
            .on(
                values.stream()
                    .map(a -> a.dataType().isFPType() ? a.castTo(DataType.FLOAT) : a)
                    .toList());

    assertThat(Numbers.list(actual.output()))
        .containsExactly(Numbers.list(expected.output()), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void gradients_inTraining_areThoseOfFiniteDifferences(LayerSample sample) {
    check(sample, true);
  }

  /** The layers that write something else in inference. */
  static List<LayerSample> inferring() {
    return LayerSamples.all().stream()
        .filter(sample -> !listing(sample, true).equals(listing(sample, false)))
        .toList();
  }

  private static String listing(LayerSample sample, boolean training) {
    Model model = sample.model("model", sample.layer().named("layer"));
    return ModelRun.of(model, training).graph(sample.values(1, 2)).toString();
  }

  @ParameterizedTest
  @MethodSource("inferring")
  void gradients_inInference_areThoseOfFiniteDifferences(LayerSample sample) {
    check(sample, false);
  }

  private static void check(LayerSample sample, boolean training) {
    if (sample.layer().typeName().equals(TensorFunction.Kind.STOP_GRADIENT.typeName())) {
      return; // its gradient is not that of its numbers: see TensorsTest
    }
    GradientCheck check = gradientCheck(sample, training);
    if (SpectralVectors.areIn(drawn(sample).weights())) {
      check.firstOrder(); // the vectors are constants to the gradient, and not to its differences
    } else if (sample.twice()) {
      check.secondOrder();
    } else {
      check.firstOrder();
      assertThatThrownBy(check::secondOrder)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("is SameDiff code and has no second derivative");
    }
  }

  private static Layer drawn(LayerSample sample) {
    Layer layer = sample.layer();
    sample.model("model", layer);
    return layer;
  }

  /** The layer's outputs and penalties as a function of its inputs and weights. */
  private static GradientCheck gradientCheck(LayerSample sample, boolean training) {
    Layer layer = drawn(sample);
    List<INDArray> all = new ArrayList<>(sample.values(2, 3));
    int inputs = all.size();
    for (Weight weight : layer.weights()) {
      long[] shape = weight.shape().toArray();
      all.add(
          weight.isParameter()
              ? SampleArrays.normal(all.size(), shape)
              : SampleArrays.positive(all.size(), shape));
    }
    SpectralVectors.settle(layer.weights(), all.subList(inputs, all.size()));
    return GradientCheck.of(
        (ops, values) -> {
          FedForward forward = new FedForward(ops, training, !layer.isTrainable());
          for (int i = inputs; i < values.size(); i++) {
            forward.give(layer.weights().get(i - inputs), values.get(i));
          }
          return together(
              ops, layer.write(forward, values.subList(0, inputs), "layer"), forward.losses());
        },
        all);
  }

  private static Value together(Ops ops, List<Value> outputs, Value losses) {
    List<Value> parts = new ArrayList<>();
    outputs.forEach(output -> parts.add(ops.reshape(output, output.shape().length())));
    if (losses != null) {
      parts.add(ops.reshape(losses, 1));
    }
    return ops.concat(0, parts);
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void copy_hasTheSameSettingsAndItsOwnWeights(LayerSample sample) {
    Layer layer = sample.layer();
    layer.setTrainable(false);
    sample.model("model", layer);

    Layer copy = LayerTypes.copy(layer);

    assertThat(copy).isNotSameAs(layer).hasSameClassAs(layer);
    assertThat(copy.isBuilt()).isFalse();
    assertThat(copy.name()).isEqualTo(layer.name());
    assertThat(copy.isTrainable()).isFalse();
    if (layer instanceof StandardLayer<?> standard) {
      assertThat(((StandardLayer<?>) copy).settings()).isEqualTo(standard.settings());
      assertThat(LayerSpec.of(copy)).isEqualTo(LayerSpec.of(layer));
    }
    sample.model("copied", copy);
    assertThat(copy.weights()).hasSameSizeAs(layer.weights());
    for (int i = 0; i < copy.weights().size(); i++) {
      Weight own = copy.weights().get(i);
      Weight other = layer.weights().get(i);
      assertThat(own.spec()).isEqualTo(other.spec());
      assertThat(own.path()).isEqualTo(other.path());
      assertThat(own.variable()).isNotSameAs(other.variable());
    }
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void copy_withTheSameWeights_computesTheSame(LayerSample sample) {
    Layer layer = sample.layer();
    Model model = sample.model("model", layer);
    Layer copy = LayerTypes.copy(layer);
    Model copied = sample.model("copied", copy);
    for (int i = 0; i < copy.weights().size(); i++) {
      copy.weights().get(i).set(layer.weights().get(i).values());
    }

    List<INDArray> values = sample.values(3, 2);

    assertThat(ModelRun.of(copied, true).on(values).outputs())
        .isEqualTo(ModelRun.of(model, true).on(values).outputs());
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void weights_areSharedByTwoModels(LayerSample sample) {
    Layer layer = sample.layer();
    Model first = sample.model("first", layer);
    Model second = sample.model("second", layer);
    List<INDArray> values = sample.values(4, 2);

    layer.weights().forEach(weight -> weight.set(weight.values().addi(0.5)));

    assertThat(second.weights()).isEqualTo(first.weights()).isEqualTo(layer.weights());
    List<INDArray> state = layer.weights().stream().map(Weight::values).toList();
    List<INDArray> outputs = ModelRun.of(first, true).on(values).outputs();
    for (int i = 0; i < state.size(); i++) {
      layer.weights().get(i).set(state.get(i)); // the run has moved it
    }
    assertThat(ModelRun.of(second, true).on(values).outputs()).isEqualTo(outputs);
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void layer_frozen_movesInNoModel(LayerSample sample) {
    Layer layer = sample.layer();
    Model first = sample.model("first", layer);
    Model second = sample.model("second", layer);

    layer.setTrainable(false);

    assertThat(first.trainableWeights()).isEmpty();
    assertThat(second.trainableWeights()).isEmpty();
    assertThat(ModelRun.of(first, true).on(sample.values(5, 2)).updates()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void model_frozen_leavesTheLayerAndTheOtherModelAlone(LayerSample sample) {
    Layer layer = sample.layer();
    layer.setTrainable(true);
    Model frozen = sample.model("frozen", layer);
    Model other = sample.model("other", layer);

    frozen.setTrainable(false);

    assertThat(frozen.trainableWeights()).isEmpty();
    assertThat(ModelRun.of(frozen, true).on(sample.values(5, 2)).updates()).isEmpty();
    assertThat(layer.isTrainable()).isTrue();
    assertThat(other.trainableWeights())
        .isEqualTo(
            layer.weights().stream().filter(Weight::isParameter).filter(this::moves).toList());
    assertThat(ModelRun.of(other, true).on(sample.values(5, 2)).updates())
        .containsExactlyInAnyOrderElementsOf(
            layer instanceof Normalization // what it was adapted to stays
                ? List.of()
                : layer.weights().stream().filter(weight -> !weight.isParameter()).toList());
  }

  /** A wrapper with a flag of its own holds what it wraps still. */
  private boolean moves(Weight weight) {
    return weight.owner().isTrainable();
  }

  static List<LayerSample> counted() {
    return LayerSamples.all().stream().filter(sample -> sample.params() >= 0).toList();
  }

  @ParameterizedTest
  @MethodSource("counted")
  void countParams_isTheKnownNumber(LayerSample sample) {
    assertThat(sample.model("model", sample.layer()).countParams()).isEqualTo(sample.params());
  }

  @ParameterizedTest
  @MethodSource(SAMPLES)
  void weights_areDescribedByTheirLayer(LayerSample sample) {
    Layer layer = sample.layer();
    assertThat(layer.weights()).isEmpty();

    sample.model("model", layer);

    assertThat(layer.weights()).doesNotHaveDuplicates();
    for (Weight weight : layer.weights()) {
      assertThat(layer.weight(weight.name())).isSameAs(weight);
      assertThat(weight.spec().dtype()).isEqualTo(DataType.DOUBLE);
    }
  }
}
