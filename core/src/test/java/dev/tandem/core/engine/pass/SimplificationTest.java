package dev.tandem.core.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimplificationTest {

  private final Ops ops = new Ops();
  private final Value x = ops.feed("x", TensorSpec.of(2, 3));

  private OpGraph simplified(Value value) {
    return Simplification.of(ops.build(Map.of("y", value)));
  }

  @Test
  void scalingsInARow_becomeOne() {
    OpGraph graph = simplified(ops.scale(ops.scale(ops.scale(x, 2), 3), 5));

    assertThat(graph.calls()).hasSize(2);
    assertThat(graph.outputs().get("y").call().op()).isEqualTo(new Scale(30));
    assertThat(simplified(ops.scale(ops.scale(x, 2), 0.5)).calls()).hasSize(1);
  }

  @Test
  void reshapesInARow_becomeOne() {
    OpGraph graph = simplified(ops.reshape(ops.reshape(ops.reshape(x, 6), 1, 6), 3, 2));

    assertThat(graph.calls()).hasSize(2);
    assertThat(graph.outputs().get("y").call().op()).isEqualTo(new ReshapeOp(Shape.of(3, 2)));
    assertThat(simplified(ops.reshape(ops.reshape(x, 6), 2, 3)).calls()).hasSize(1);
  }
}
