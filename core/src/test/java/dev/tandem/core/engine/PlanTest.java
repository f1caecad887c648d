package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Feeding, running, reading and describing plans. */
class PlanTest {

  private static final TensorSpec SPEC = TensorSpec.of(2, 3);

  private final Ops ops = new Ops();

  private Plan plan(Map<String, Value> outputs) {
    return new PlanEngine().prepare(ops.build(outputs));
  }

  @Test
  void feed_ofUnknownName_isRefusedByName() {
    try (Plan plan = plan(Map.of("y", ops.exp(ops.feed("x", SPEC))))) {
      assertThatThrownBy(() -> plan.feed("z", Nd4j.zeros(2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"z\"");
      assertThatThrownBy(() -> plan.feed("z", 1.0)).hasMessageContaining("\"z\"");
    }
  }

  @Test
  void feed_ofWrongShape_isRefusedAndChangesNothing() {
    INDArray values = Samples.random(SPEC, 1);
    try (Plan plan = plan(Map.of("x", ops.scale(ops.feed("x", SPEC), 2)))) {
      plan.feed("x", values);
      assertThatThrownBy(() -> plan.feed("x", Nd4j.zeros(3, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(2, 3)")
          .hasMessageContaining("(3, 2)");
      plan.run(0, 0);
      assertThat(plan.output("x")).isEqualTo(values.mul(2));
    }
  }

  @Test
  void feed_ofNumberToTensor_isRefused() {
    try (Plan plan = plan(Map.of("y", ops.exp(ops.feed("x", SPEC))))) {
      assertThatThrownBy(() -> plan.feed("x", 1.0)).hasMessageContaining("not a scalar");
    }
  }

  @Test
  void feed_ofViewsAndOtherTypes_isCopiedByValue() {
    INDArray turned = Samples.random(TensorSpec.of(3, 2), 1).permute(1, 0);
    try (Plan plan = plan(Map.of("y", ops.scale(ops.feed("x", SPEC), 2)))) {
      plan.feed("x", turned);
      plan.run(0, 0);
      assertThat(plan.output("y")).isEqualTo(turned.mul(2).dup('c'));
      plan.feed("x", turned.castTo(DataType.DOUBLE));
      plan.run(0, 0);
      assertThat(plan.output("y")).isEqualTo(turned.mul(2).dup('c'));
    }
  }

  @Test
  void output_ofUnknownName_isRefusedWithTheKnownOnes() {
    try (Plan plan = plan(Map.of("y", ops.exp(ops.feed("x", SPEC))))) {
      assertThatThrownBy(() -> plan.output("z"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"z\"")
          .hasMessageContaining("y");
    }
  }

  @Test
  void plan_thatIsClosed_refusesToRun() {
    Plan plan = plan(Map.of("y", ops.exp(ops.feed("x", SPEC))));
    plan.close();
    plan.close();
    assertThatThrownBy(() -> plan.run(0, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void op_withoutKernel_isNamedWithShapesAndLibraries() {
    OpGraph graph = ops.build(Map.of("y", ops.exp(ops.feed("x", SPEC))));
    PlanEngine empty = new PlanEngine(EngineOptions.of(List.of()));
    assertThatThrownBy(() -> empty.prepare(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Exp")
        .hasMessageContaining("(2, 3)");
  }

  @Test
  void library_thatIsOff_isReplacedByTheNext() {
    Value x = ops.feed("x", SPEC);
    OpGraph graph =
        ops.build(Map.of("y", ActivationOps.tanh(ops, ActivationOps.leakyRelu(ops, x, 0.2))));
    EngineComparison.of(graph)
        .on(new PlanEngine(EngineOptions.defaults().without("nd4j")))
        .feedRandomly()
        .agree();
  }

  @Test
  void randomOps_ofTheSameStep_repeatTheirNumbers() {
    Value noise = RandomOps.normal(ops, SPEC);
    Value uniform = RandomOps.uniform(ops, SPEC);
    try (Plan plan = plan(Map.of("sum", ops.add(noise, uniform)))) {
      plan.run(5, 1);
      INDArray first = plan.output("sum").dup('c');
      plan.run(5, 2);
      assertThat(plan.output("sum")).isNotEqualTo(first);
      plan.run(6, 1);
      assertThat(plan.output("sum")).isNotEqualTo(first);
      plan.run(5, 1);
      assertThat(plan.output("sum")).isEqualTo(first);
    }
  }

  @Test
  void findNonFinite_inAStep_namesTheFirstOpAndItsOriginAndKeepsVariables() {
    Variable weight = Samples.variable("weight", SPEC, 1);
    Value x = ops.feed("x", SPEC);
    ops.origin("net/log");
    Value log = ops.log(x);
    ops.origin("net/after");
    Value after = ops.exp(ops.add(log, ops.read(weight)));
    ops.assign(weight, after);
    INDArray before = weight.array().dup('c');
    try (Plan plan = plan(Map.of("after", after))) {
      plan.feed("x", Nd4j.ones(DataType.FLOAT, 2, 3));
      assertThat(plan.findNonFinite(0, 0)).isEmpty();
      assertThat(weight.array()).isEqualTo(before);
      plan.feed("x", Nd4j.ones(DataType.FLOAT, 2, 3).neg());
      Optional<OpCall> found = plan.findNonFinite(0, 0);
      assertThat(found).isPresent();
      assertThat(found.get().op()).isEqualTo(UnaryFunction.LOG);
      assertThat(found.get().origin()).isEqualTo("net/log");
      assertThat(weight.array()).isEqualTo(before);
    }
  }

  @Test
  void profile_ofAPlan_listsKernelsWithOriginsAndKeepsVariables() {
    Variable weight = Samples.variable("weight", TensorSpec.of(3, 4), 1);
    ops.origin("dense");
    Value y = ops.matmul(ops.feed("x", SPEC), ops.read(weight));
    ops.origin("");
    ops.assign(weight, ops.scale(ops.read(weight), 0.5));
    INDArray before = weight.array().dup('c');
    try (Plan plan = plan(Map.of("y", y))) {
      PlanProfile profile = plan.profile(3);
      assertThat(weight.array()).isEqualTo(before);
      assertThat(profile.entries()).hasSize(2);
      assertThat(profile.entries().get(0).op()).isEqualTo("matmul");
      assertThat(profile.entries().get(0).outputs()).containsExactly(TensorSpec.of(2, 4));
      assertThat(profile.microsByOrigin()).containsKey("dense");
      assertThat(profile.toString()).contains("matmul").contains("onednn").contains("dense");
      assertThat(plan.describe().totalMicros()).isZero();
    }
  }

  @Test
  void numbersSpreadByGradients_areScalarArguments() {
    Value x = ops.feed("x", SPEC);
    Value ones = ops.broadcastTo(ops.fill(0.5, TensorSpec.of(1)), Shape.of(2, 3));
    try (Plan plan = plan(Map.of("y", ops.multiply(x, ones)))) {
      List<String> kernels = plan.describe().entries().stream().map(e -> e.op()).toList();
      assertThat(kernels).containsExactly("scale");
    }
  }
}
