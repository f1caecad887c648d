package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer as a user writes it. */
class LayerTest {

  /** Sum and scaled difference of two tensors. */
  private static final class SumAndDifference extends Layer {
    private Weight factor;

    SumAndDifference() {
      super("both");
    }

    @Override
    protected void build(List<TensorSpec> inputs) {
      TensorSpec input = inputs.get(0);
      Shape shape = Shape.of(input.shape().size(-1));
      factor = parameter("factor", shape, input.dtype(), Initializers.constant(2), null);
      if (shape.length() > 3) {
        throw reject("is for at most 3 features", input, "take fewer");
      }
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return List.of(inputs.get(0), inputs.get(0));
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      Value difference = forward.ops().subtract(inputs.get(0), inputs.get(1));
      return List.of(
          forward.ops().add(inputs.get(0), inputs.get(1)),
          forward.ops().multiply(difference, forward.weight(factor)));
    }

    Weight late() {
      return state("late", Shape.of(1), DataType.FLOAT, Initializers.zeros());
    }
  }

  private final SumAndDifference layer = new SumAndDifference();
  private final Input a = Input.of("a", Shape.of(2), DataType.DOUBLE);
  private final Input b = Input.of("b", Shape.of(2), DataType.DOUBLE);

  @Test
  void applyAll_givesEveryOutput() {
    List<SymbolicTensor> outputs = layer.applyAll(List.of(a, b));
    Model model = Model.of("model", List.of(a, b), outputs);

    List<INDArray> computed =
        ModelRun.of(model, false)
            .on(
                List.of(
                    Numbers.of(new double[] {5, 7}, 1, 2), Numbers.of(new double[] {1, 2}, 1, 2)))
            .outputs();

    assertThat(Numbers.list(computed.get(0))).containsExactly(6, 9);
    assertThat(Numbers.list(computed.get(1))).containsExactly(8, 10);
  }

  @Test
  void apply_withSeveralOutputs_saysWhatToCall() {
    assertThatThrownBy(() -> layer.apply(a, b))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SumAndDifference \"both\" has 2 outputs; call applyAll for all of them");
  }

  @Test
  void weight_unknown_namesThoseThereAre() {
    layer.applyAll(List.of(a, b));

    assertThatThrownBy(() -> layer.weight("kernel"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SumAndDifference \"both\" has no weight \"kernel\"; it has [factor]");
  }

  @Test
  void weight_declaredOutsideOfBuild_isRefused() {
    layer.applyAll(List.of(a, b));

    assertThatThrownBy(layer::late)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SumAndDifference \"both\" can declare weights in build alone");
  }

  @Test
  void firstCall_refusedByBuild_leavesTheLayerUnbuilt() {
    Input wide = Input.of("wide", Shape.of(4), DataType.DOUBLE);

    assertThatThrownBy(() -> layer.applyAll(List.of(wide, wide)))
        .hasMessage(
            "SumAndDifference \"both\" is for at most 3 features, got float64 (batch, 4) from"
                + " \"wide\"; take fewer");

    assertThat(layer.isBuilt()).isFalse();
    layer.applyAll(List.of(a, b));
    assertThat(layer.weights()).hasSize(1);
    assertThat(layer.weight("factor").shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void weight_setAndRead_isCopied() {
    layer.applyAll(List.of(a, b));
    Weight factor = layer.weight("factor");
    INDArray values = Numbers.of(new double[] {3, 4}, 2);

    factor.set(values);
    values.assign(0);
    factor.values().assign(-1);

    assertThat(Numbers.list(factor.values())).containsExactly(3, 4);
    assertThat(factor).hasToString("both/factor float64 (2,)");
    assertThat(factor.owner()).isSameAs(layer);
    assertThatThrownBy(() -> factor.set(Numbers.of(new double[3], 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"both/factor\" is (2,)");
  }
}
