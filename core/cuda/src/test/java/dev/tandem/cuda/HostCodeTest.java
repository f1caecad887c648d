package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Users' code in the middle of a program of a card. */
class HostCodeTest {

  private final HostDevice device = Cards.host();
  private final Ops ops = new Ops();
  private final SameDiffOp swish =
      new SameDiffOp("swish", (sd, in) -> in.get(0).mul("y", sd.nn().sigmoid("s", in.get(0))));

  @Test
  void code_betweenKernels_computesWhatTheHostComputes() {
    Value x = ops.feed("x", TensorSpec.of(3));
    Value y = ops.scale(ops.one(swish, ops.scale(x, 2)), 3);
    OpGraph graph =
        ops.build(Map.of("y", y, "slope", Gradients.of(ops, ops.sum(y), List.of(x)).get(0)));
    compare(graph, 2);
  }

  @Test
  void code_ofConstants_runsOnce() {
    Value ones = ops.constant(Nd4j.ones(3));
    Value x = ops.feed("x", TensorSpec.of(3));
    compare(ops.build(Map.of("y", ops.add(ops.one(swish, ops.scale(ones, 2)), x))), 0);
  }

  private void compare(OpGraph graph, int calls) {
    try (CudaProgram onCard = new CudaEngine(device).prepare(graph);
        Program onHost = new PlanEngine().prepare(graph)) {
      assertThat(onCard.hostCalls()).hasSize(calls);
      for (int i = 0; i < 2; i++) {
        for (Program program : List.of(onCard, onHost)) {
          program.feed("x", Nd4j.createFromArray(i + 1f, 0f, -2f));
          program.run(0, 0);
        }
        for (String name : graph.outputs().keySet()) {
          assertThat(onCard.output(name).equalsWithEps(onHost.output(name), 1e-5)).isTrue();
        }
      }
    }
    assertThat(device.allocations()).isZero();
  }
}
