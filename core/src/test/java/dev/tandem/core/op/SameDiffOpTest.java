package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.samediff.SameDiffGradient;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SameDiffOpTest {

  private final Ops ops = new Ops();
  private final Value x = ops.feed("x", TensorSpec.of(3, 4));
  private final INDArray at = SampleArrays.normal(1, 3, 4).castTo(DataType.FLOAT);
  private final SameDiffOp swish =
      new SameDiffOp("swish", (sd, in) -> in.get(0).mul("y", sd.nn().sigmoid("s", in.get(0))));

  private INDArray run(Value value) {
    try (Program program = new BothEngines().prepare(ops.build(Map.of("value", value)))) {
      program.feed("x", at);
      program.run(0, 0);
      return program.output("value").dup();
    }
  }

  @Test
  void output_isFoundByRunningTheCodeOnce() {
    AtomicInteger runs = new AtomicInteger();
    SameDiffOp op =
        new SameDiffOp(
            "rows",
            (sd, in) -> {
              runs.incrementAndGet();
              return sd.argmax(in.get(0), 1);
            });

    assertThat(ops.one(op, x).spec()).isEqualTo(TensorSpec.of(3).withType(DataType.INT64));
    op.infer(List.of(TensorSpec.of(3, 4)));
    assertThat(runs).hasValue(1);
  }

  @Test
  void one_calledTwiceWithItsNames_keepsThemApart() {
    Value y = ops.one(swish, ops.one(swish, x));

    assertThat(run(y)).isEqualTo(run(ActivationOps.swish(ops, ActivationOps.swish(ops, x))));
  }

  @Test
  void vjp_besideTheForwardPass_isThatOfTheSameFunctionInOps() {
    Value loss = ops.sum(ops.square(ops.one(swish, ops.one(swish, x))));
    Value expected = ops.sum(ops.square(ActivationOps.swish(ops, ActivationOps.swish(ops, x))));

    Value gradient = Gradients.of(ops, loss, List.of(x)).get(0);
    Value both = ops.add(gradient, ops.broadcastTo(loss, x.shape()));

    INDArray wanted =
        run(
            ops.add(
                Gradients.of(ops, expected, List.of(x)).get(0),
                ops.broadcastTo(expected, x.shape())));
    assertThat(run(both).equalsWithEps(wanted, 1e-5)).isTrue();
  }

  @Test
  void vjp_ofSeveralInputs_goesToThoseOfFloatingPoint() {
    SameDiffOp rows =
        new SameDiffOp("rows", (sd, in) -> in.get(0).mul(in.get(1).castTo(DataType.FLOAT)));
    Value factor = ops.cast(ops.feed("factor", TensorSpec.of(4)), DataType.INT32);
    Value loss = ops.sum(ops.one(rows, x, factor));

    List<Value> gradients = Gradients.of(ops, loss, List.of(x, factor));

    assertThat(gradients.get(0).call().op()).isEqualTo(new SameDiffGradient(rows));
    assertThat(gradients.get(1).call().op()).isInstanceOf(Fill.class);
  }

  @Test
  void vjp_ofAnInputThatIsNotUsed_isZeros() {
    SameDiffOp first = new SameDiffOp("first", (sd, in) -> sd.math().exp(in.get(0)));
    Value other = ops.exp(x);
    Value gradient =
        Gradients.of(ops, ops.sum(ops.one(first, ops.scale(x, 0), other)), List.of(other)).get(0);

    assertThat(run(gradient).sumNumber().doubleValue()).isZero();
  }

  @Test
  void vjp_ofCodeThatGivesItsInput_passesTheGradientOn() {
    SameDiffOp same = new SameDiffOp("same", (sd, in) -> in.get(0));
    Value gradient = Gradients.of(ops, ops.sum(ops.square(ops.one(same, x))), List.of(x)).get(0);

    assertThat(run(gradient)).isEqualTo(at.mul(2));
  }

  @Test
  void vjp_twice_saysWhatToDo() {
    Value first = Gradients.of(ops, ops.sum(ops.one(swish, x)), List.of(x)).get(0);
    Value penalty = ops.sum(ops.square(first));

    assertThatThrownBy(() -> Gradients.of(ops, penalty, List.of(x)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("\"swish\" is SameDiff code")
        .hasMessageContaining("write it in ops");
  }

  @Test
  void one_ofCodeThatGivesNoVariableOfTheGraph_isRefused() {
    SameDiffOp none = new SameDiffOp("none", (sd, in) -> null);
    SDVariable other = SameDiff.create().constant(1);
    SameDiffOp foreign = new SameDiffOp("foreign", (sd, in) -> other);

    assertThatThrownBy(() -> ops.one(none, x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not a variable of the graph");
    assertThatThrownBy(() -> ops.one(foreign, x)).isInstanceOf(IllegalStateException.class);
  }
}
