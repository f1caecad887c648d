package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.engine.nd4j.ExpressionKernels;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The library of last resort runs every op that has an expression. */
class ExpressionKernelsTest {

  static Stream<OpSample> samples() {
    return OpSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void op_withoutOtherLibraries_equalsItsExpression(OpSample sample) {
    boolean random = sample.label().startsWith("random");
    PlanEngine alone = new PlanEngine(EngineOptions.of(List.of(new ExpressionKernels())));
    if (!random) {
      EngineComparison.of(sample.graph(DataType.DOUBLE))
          .on(alone)
          .feeds(sample.feeds(DataType.DOUBLE))
          .steps(2)
          .within(1e-12)
          .agree();
    }
  }

  @Test
  void ownCode_writingAVariable_isRunOnTheOldValue() {
    TensorSpec spec = TensorSpec.of(3, 3);
    Variable weight = Samples.variable("weight", spec, 0.5);
    SameDiffOp code =
        new SameDiffOp("code", (sd, in) -> sd.math().tanh(in.get(0).mmul(in.get(1)).sum(true, 1)));
    Ops ops = new Ops();
    Value x = ops.feed("x", spec);
    Value y = ops.one(code, x, ops.read(weight));
    ops.assign(weight, ops.broadcastTo(y, spec.shape()));
    try (Plan plan = new PlanEngine().prepare(ops.build(Map.of("y", y)))) {
      assertThat(plan.describe().toString()).contains("samediff");
    }
    EngineComparison.of(ops.build(Map.of("y", y))).feedRandomly().steps(3).agree();
  }
}
