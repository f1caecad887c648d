package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.activation.Elu;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ExpansionTest {

  private final Ops ops = new Ops();
  private final Value x = ops.feed("x", TensorSpec.of(3, 4));

  private static List<String> names(OpGraph graph) {
    return graph.calls().stream().map(call -> call.op().opName()).toList();
  }

  @Test
  void of_composites_leavesPrimitivesOnly() {
    OpGraph graph =
        ops.build(Map.of("y", ActivationOps.selu(ops, ActivationOps.logSoftmax(ops, x))));

    OpGraph expanded = Expansion.of(graph, call -> false);

    assertThat(expanded.calls()).allMatch(call -> call.op() instanceof Primitive);
    assertThat(expanded.outputs().get("y").spec()).isEqualTo(x.spec());
  }

  @Test
  void of_keptComposites_leavesThemWhole() {
    OpGraph graph =
        ops.build(Map.of("y", ActivationOps.softplus(ops, ActivationOps.leakyRelu(ops, x, 0.2))));

    OpGraph expanded = Expansion.of(graph, call -> call.op() instanceof LeakyRelu);

    assertThat(names(expanded)).contains("leaky_relu").doesNotContain("softplus");
  }

  @Test
  void of_partsOfParts_asksForEach() {
    OpGraph graph = ops.build(Map.of("y", ActivationOps.selu(ops, x)));

    OpGraph expanded = Expansion.of(graph, call -> call.op() instanceof Elu);

    assertThat(names(expanded)).containsExactly("feed", "elu", "scale");
  }

  @Test
  void of_twoOutputsOfWhichOneIsUsed_dropsTheOther() {
    Value kernel = ops.feed("w", TensorSpec.of(2, 2, 1, 3));
    Value image = ops.feed("image", TensorSpec.of(2, 4, 4, 1));
    Value g = ops.feed("g", TensorSpec.of(2, 3, 3, 3));
    Conv2DGradients op = new Conv2DGradients(ConvGeometry.valid(1, 1));
    Value gKernel = ops.apply(op, List.of(image, kernel, g)).get(1);

    OpGraph expanded = Expansion.of(ops.build(Map.of("y", gKernel)), call -> false);

    assertThat(names(expanded)).containsExactly("feed", "feed", "conv2d_kernel_gradient");
  }

  @Test
  void of_origins_keepsThemForTheParts() {
    ops.origin("critic/norm");
    Value y = ActivationOps.softplus(ops, x);
    ops.origin("loss");
    OpGraph graph = ops.build(Map.of("y", ops.scale(y, 2)));

    OpGraph expanded = Expansion.of(graph, call -> false);

    assertThat(expanded.calls().stream().map(OpCall::origin).distinct())
        .containsExactly("", "critic/norm", "loss");
  }

  @Test
  void of_assignments_keepsTheirTargets() {
    Variable w = new Variable("w", TensorSpec.of(3, 4), () -> Nd4j.zeros(3, 4));
    ops.assign(w, ActivationOps.softplus(ops, ops.read(w)));

    OpGraph expanded = Expansion.of(ops.build(Map.of()), call -> false);

    assertThat(expanded.assignments()).hasSize(1);
    assertThat(expanded.assignments().get(0).target()).isSameAs(w);
    assertThat(names(expanded)).startsWith("read").doesNotContain("softplus");
  }

  @Test
  void of_aCompositeThatGivesItsInput_passesItOn() {
    record Same() implements Composite {
      @Override
      public List<Value> decompose(Ops ops, List<Value> inputs) {
        return List.of(inputs.get(0));
      }
    }

    OpGraph expanded =
        Expansion.of(ops.build(Map.of("y", ops.exp(ops.one(new Same(), x)))), call -> false);

    assertThat(names(expanded)).containsExactly("feed", "exp");
  }

  @Test
  void of_commonParts_areDrawnOnce() {
    OpGraph graph =
        ops.build(Map.of("y", ActivationOps.swish(ops, x), "z", ActivationOps.sigmoid(ops, x)));

    OpGraph expanded = Expansion.of(graph, call -> false);

    assertThat(names(expanded)).containsOnlyOnce("sigmoid");
  }
}
