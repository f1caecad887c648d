package dev.tandem.core.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Native contexts of ops go with the plan they were made for. */
class GraphContextTest {

  @Test
  void contexts_ofAClosedPlan_areFreed() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(6, 4));
    Value y = ops.feed("y", TensorSpec.of(6, 4));
    Value own = ops.one(new SameDiffOp("own", (sd, in) -> sd.math().sin(in.get(0))), x);
    OpGraph graph =
        ops.build(Map.of("sum", ops.add(ops.permute(x, 1, 0), ops.permute(y, 1, 0)), "own", own));
    int open = GraphContext.open();
    try (Plan plan = new PlanEngine(EngineOptions.defaults().without("onednn")).prepare(graph)) {
      plan.run(0, 0);
      assertThat(GraphContext.open()).isPositive();
    }
    assertThat(GraphContext.open()).isLessThanOrEqualTo(open);
  }
}
