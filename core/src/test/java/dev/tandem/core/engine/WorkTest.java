package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static double operations(Ops ops, Map<String, Value> outputs) {
    try (Plan plan = new PlanEngine().prepare(ops.build(outputs))) {
      return plan.describe().operations();
    }
  }

  @Test
  void operations_ofAProductInAnyOrientation_areTwiceTheThreeSizes() {
    Ops ops = new Ops();
    Value a = ops.feed("a", TensorSpec.of(3, 5));
    Value b = ops.feed("b", TensorSpec.of(7, 3));
    assertThat(operations(ops, Map.of("y", ActivationOps.relu(ops, ops.matmul(a, b, true, true)))))
        .isEqualTo(2 * 3 * 5 * 7);
  }

  @Test
  void operations_ofABatchOfProducts_areThoseOfEach() {
    Ops ops = new Ops();
    Value a = ops.feed("a", TensorSpec.of(4, 3, 5));
    Value b = ops.feed("b", TensorSpec.of(4, 5, 2));
    assertThat(operations(ops, Map.of("y", ops.matmul(a, b)))).isEqualTo(4 * 2 * 3 * 5 * 2);
  }

  @Test
  void operations_ofAConvolutionAndItsGradients_areEqual() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(2, 8, 6, 3));
    Value kernel = ops.feed("kernel", TensorSpec.of(3, 3, 3, 5));
    Value y = ops.one(new Conv2DOp(ConvGeometry.valid(1, 1)), x, kernel);
    double forward = 2.0 * (2 * 6 * 4 * 5) * (3 * 3 * 3);
    assertThat(operations(ops, Map.of("y", y))).isEqualTo(forward);
    List<Value> gradients = Gradients.of(ops, ops.sum(ops.square(y)), List.of(x, kernel));
    assertThat(operations(ops, Map.of("x", gradients.get(0), "kernel", gradients.get(1))))
        .isEqualTo(3 * forward);
    assertThat(operations(ops, Map.of("kernel", gradients.get(1)))).isEqualTo(2 * forward);
  }
}
