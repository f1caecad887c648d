package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is special about a layer held by its largest singular value. */
class SpectralNormalizationTest {

  /** Its singular values are √45 and √5. */
  private static final double[][] KERNEL = {{3, 0}, {4, 5}};

  private static final double LARGEST = Math.sqrt(45);

  private static final Input IN = Input.of("in", Shape.of(2), DataType.DOUBLE);

  private static Model model(SpectralNormalization layer) {
    Input x = Input.of("x", Shape.of(2), DataType.DOUBLE);
    Model model = Model.of("model", x, layer.apply(x));
    layer.weight("kernel").set(Nd4j.createFromArray(KERNEL));
    layer.weight("vector_u").set(Nd4j.createFromArray(new double[][] {{1, 0}}));
    return model;
  }

  private static SpectralNormalization dense() {
    return SpectralNormalization.of(Dense.units(2).bias(false));
  }

  private static double[] run(Model model, boolean training) {
    INDArray ones = Nd4j.createFromArray(new double[][] {{1, 1}});
    return ModelRun.of(model, training).on(List.of(ones)).output().toDoubleVector();
  }

  @Test
  void output_afterOneIteration_isThatByHand() {
    SpectralNormalization layer = dense();
    Model model = model(layer);

    // W u = (3, 4), v = (.6, .8); v W = (5, 4), u = (5, 4) / √41, σ = √41
    assertThat(run(model, true))
        .containsExactly(new double[] {7 / Math.sqrt(41), 5 / Math.sqrt(41)}, within(1e-9));
    assertThat(layer.weight("vector_u").values().toDoubleVector())
        .containsExactly(new double[] {5 / Math.sqrt(41), 4 / Math.sqrt(41)}, within(1e-9));
    assertThat(layer.weight("kernel").values()).isEqualTo(Nd4j.createFromArray(KERNEL));
  }

  @Test
  void output_afterManySteps_isByTheLargestSingularValue() {
    Model model = model(dense());
    for (int i = 0; i < 20; i++) {
      run(model, true);
    }

    assertThat(run(model, false))
        .containsExactly(new double[] {7 / LARGEST, 5 / LARGEST}, within(1e-9));
  }

  @Test
  void iterations_inOneCall_areThoseOfSeveralSteps() {
    Model atOnce = model(dense().iterations(3));
    Model oneByOne = model(dense());
    run(oneByOne, true);
    run(oneByOne, true);

    assertThat(run(atOnce, true)).containsExactly(run(oneByOne, true), within(1e-12));
  }

  @Test
  void vector_inInference_stays() {
    SpectralNormalization layer = dense();

    run(model(layer), false);

    assertThat(layer.weight("vector_u").values().toDoubleVector()).containsExactly(1, 0);
  }

  /** The gradient of the sum of (1, 1) W / σ by W, by an engine. */
  private static double[] gradient(Engine engine, double[][] kernel) {
    SpectralNormalization layer = dense();
    Model model = Model.of("model", IN, layer.apply(IN));
    Weight weight = layer.weight("kernel");
    weight.set(Nd4j.createFromArray(kernel));
    layer.weight("vector_u").set(Nd4j.createFromArray(new double[][] {{1, 0}}));
    Ops ops = new Ops();
    Value ones = ops.fill(1, new TensorSpec(Shape.of(1, 2), DataType.DOUBLE));
    Lowered lowered = Lowering.of(ops, Snapshot.of(model, Selection.all()), true, List.of(ones));
    Value loss = ops.sum(lowered.outputs().get(0));
    Value wanted = Gradients.of(ops, loss, List.of(ops.read(weight.variable()))).get(0);
    try (Program program = engine.prepare(ops.build(Map.of("gradient", wanted)))) {
      program.run(0, 0);
      return program.output("gradient").dup('c').data().asDouble();
    }
  }

  private static List<Engine> engines() {
    return List.of(
        new SameDiffEngine(),
        new PlanEngine(),
        new PlanEngine(EngineOptions.defaults().without("onednn")));
  }

  /**
   * Miyato et al., 2018, equations 10 to 12: with the loss L = Σ (1, 1) W / σ and ∂σ/∂W = v uᵀ, u
   * and v constant, ∂L/∂W = (G − λ v uᵀ) / σ with G = ∂L/∂(W/σ) and λ = Σ G ∘ W / σ.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void gradient_ofTheKernel_isThePapers(Engine engine) {
    // after one iteration v = (.6, .8), u = (5, 4) / √41, σ = √41; G is 1 everywhere, λ = 12 / σ
    double sigma = Math.sqrt(41);
    double[] u = {5 / sigma, 4 / sigma};
    double[] v = {0.6, 0.8};
    assertThat(v[0] * u[0]).isCloseTo(0.469, within(5e-4)); // the paper's ∂σ/∂W at the first place
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = (1 - 12 / sigma * v[i / 2] * u[i % 2]) / sigma;
    }

    assertThat(gradient(engine, KERNEL)).containsExactly(expected, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void gradient_ofAKernelOfZeros_isThatOfTheKernelAlone(Engine engine) {
    assertThat(gradient(engine, new double[2][2])).containsExactly(1, 1, 1, 1);
  }

  @Test
  void kernel_ofZeros_staysZerosAndKeepsItsVector() {
    SpectralNormalization layer = dense();
    Model model = model(layer);
    layer.weight("kernel").set(Nd4j.zeros(DataType.DOUBLE, 2, 2));

    assertThat(run(model, true)).containsExactly(0, 0);
    assertThat(layer.weight("vector_u").values().toDoubleVector()).containsExactly(1, 0);

    layer.weight("kernel").set(Nd4j.createFromArray(KERNEL));
    assertThat(run(model, true))
        .containsExactly(new double[] {7 / Math.sqrt(41), 5 / Math.sqrt(41)}, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e15, 1, 1e-8, 1e-11})
  void kernel_ofAnySize_isDividedByItsSingularValue(double size) {
    for (DataType dtype : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      SpectralNormalization layer = dense();
      Input x = Input.of("x", Shape.of(2), dtype);
      Model model = Model.of("model", x, layer.apply(x));
      layer.weight("kernel").set(Nd4j.createFromArray(KERNEL).mul(size).castTo(dtype));
      layer.weight("vector_u").set(Nd4j.createFromArray(new double[][] {{1, 0}}).castTo(dtype));
      INDArray ones = Nd4j.ones(dtype, 1, 2);

      double[] y = ModelRun.of(model, true).on(List.of(ones)).output().toDoubleVector();

      assertThat(y)
          .containsExactly(new double[] {7 / Math.sqrt(41), 5 / Math.sqrt(41)}, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-13, 1e-20, 1e-30})
  void kernel_tooSmallForADirection_isTakenAsItIs(double size) {
    SpectralNormalization layer = dense();
    Model model = model(layer);
    layer.weight("kernel").set(Nd4j.createFromArray(KERNEL).mul(size));

    assertThat(run(model, true))
        .containsExactly(new double[] {7 * size, 5 * size}, within(1e-12 * size));
  }

  @Test
  void kernel_withNaN_isNotHidden() {
    SpectralNormalization layer = dense();
    Model model = model(layer);
    layer.weight("kernel").set(Nd4j.createFromArray(new double[][] {{Double.NaN, 0}, {4, 5}}));

    assertThat(run(model, true)).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void penalty_ofTheWrappedKernel_isOnTheKernelItself() {
    SpectralNormalization layer =
        SpectralNormalization.of(Dense.units(2).bias(false).kernelRegularizer(Regularizers.l2(1)));
    Model model = model(layer);

    assertThat(model.weights()).extracting(Weight::name).containsExactly("kernel", "vector_u");
    assertThat(model.weightsByPath()).hasSize(2);
    assertThat(layer.weight("kernel").regularizer()).isEqualTo(Regularizers.l2(1));
  }

  @Test
  void layer_withoutAKernel_isRefused() {
    SpectralNormalization layer = SpectralNormalization.of(Flatten.of());

    assertThatThrownBy(() -> layer.apply(Input.of("x", 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("normalizes the kernels of a layer")
        .hasMessageContaining("wrap a Dense, a convolution, an Embedding or a SelfAttention");
  }

  @Test
  void table_ofAnEmbedding_isDividedByItsSingularValue() {
    SpectralNormalization layer =
        SpectralNormalization.of(Embedding.of(2, 2).dtype(DataType.DOUBLE));
    Input index = Input.of("index", Shape.scalar(), DataType.INT32);
    Model model = Model.of("model", index, layer.apply(index));
    layer.weight("embeddings").set(Nd4j.createFromArray(KERNEL));
    INDArray both = Nd4j.createFromArray(0, 1);

    double[] rows = {};
    for (int i = 0; i < 20; i++) {
      rows = ModelRun.of(model, true).on(List.of(both)).output().data().asDouble();
    }

    assertThat(rows)
        .containsExactly(new double[] {3 / LARGEST, 0, 4 / LARGEST, 5 / LARGEST}, within(1e-9));
  }

  @Test
  void attention_hasAVectorForEachProjection() {
    SpectralNormalization layer = SpectralNormalization.of(SelfAttention.of().reduction(2));

    layer.apply(Input.of("x", 3, 3, 4));

    assertThat(layer.weights())
        .extracting(Weight::name)
        .containsExactly(
            "query",
            "key",
            "value",
            "output",
            "gamma",
            "vector_u_query",
            "vector_u_key",
            "vector_u_value",
            "vector_u_output");
    assertThat(layer.weight("vector_u_query").shape()).isEqualTo(Shape.of(1, 2));
    assertThat(layer.weight("vector_u_output").shape()).isEqualTo(Shape.of(1, 4));
  }
}
