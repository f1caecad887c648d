package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is special about a layer held by its largest singular value. */
class SpectralNormalizationTest {

  /** Its singular values are √45 and √5. */
  private static final double[][] KERNEL = {{3, 0}, {4, 5}};

  private static final double LARGEST = Math.sqrt(45);

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
    SpectralNormalization layer = SpectralNormalization.of(Flatten.layer());

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
    SpectralNormalization layer = SpectralNormalization.of(SelfAttention.layer().reduction(2));

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
