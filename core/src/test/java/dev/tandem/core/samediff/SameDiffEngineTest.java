package dev.tandem.core.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SameDiffEngineTest {

  private final Ops ops = new Ops();

  private static Variable variable(String name, double... values) {
    TensorSpec spec = TensorSpec.of(values.length);
    return new Variable(name, spec, () -> Nd4j.create(values).castTo(DataType.FLOAT));
  }

  private Program program(Map<String, Value> outputs) {
    return new SameDiffEngine().prepare(ops.build(outputs));
  }

  @Test
  void feed_copiesAndConverts() {
    Value x = ops.feed("x", TensorSpec.of(3));
    try (Program program = program(Map.of("y", ops.scale(x, 2)))) {
      INDArray values = Nd4j.createFromArray(1.0, 2.0, 3.0);
      program.feed("x", values);
      values.assign(9);
      program.run(0, 0);

      assertThat(program.output("y").toFloatVector()).containsExactly(2, 4, 6);
    }
  }

  @Test
  void feed_ofAScalar_takesANumber() {
    Value rate = ops.feed("rate", DataType.FLOAT);
    try (Program program = program(Map.of("y", ops.square(rate)))) {
      program.feed("rate", 3);
      program.run(0, 0);

      assertThat(program.scalar("y")).isEqualTo(9);
    }
  }

  @Test
  void feed_thatDoesNotFit_isRefused() {
    Value x = ops.feed("x", TensorSpec.of(3));
    try (Program program = program(Map.of("y", x))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.feed("z", Nd4j.zeros(3)))
          .withMessage("there is no feed \"z\"");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.feed("x", Nd4j.zeros(4)))
          .withMessage("feed \"x\" is (3,), got (4,)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.feed("x", 1))
          .withMessage("feed \"x\" is (3,), not a scalar");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.output("z"))
          .withMessage("there is no output \"z\" among [y]");
    }
  }

  @Test
  void feed_thatOnlyAnUnusedPartNeeds_isAccepted() {
    Value x = ops.feed("x", TensorSpec.of(3));
    Value z = ops.feed("z", TensorSpec.of(3));
    Value y = ops.add(x, ops.scale(z, 0));
    try (Program program = program(Map.of("y", y))) {
      program.feed("x", Nd4j.ones(3));
      program.feed("z", Nd4j.ones(3));
      program.run(0, 0);

      assertThat(program.output("y").sumNumber().intValue()).isEqualTo(3);
    }
  }

  @Test
  void feeds_namedLikeOps_areTakenForWhatTheyAre() {
    Value x = ops.feed("add", TensorSpec.of(2));
    Value y = ops.add(x, x);
    Value z = ops.add(ops.feed("add_1", TensorSpec.of(2)), y);
    try (Program program = program(Map.of("add_2", z, "add", y))) {
      program.feed("add", Nd4j.ones(2));
      program.feed("add_1", Nd4j.ones(2));
      program.run(0, 0);

      assertThat(program.output("add_2").toFloatVector()).containsExactly(3, 3);
      assertThat(program.output("add").toFloatVector()).containsExactly(2, 2);
    }
  }

  @Test
  void feeds_namedLikeVariablesAndConstants_areTakenForWhatTheyAre() {
    Value weight = ops.read(variable("w", 1, 2));
    Value number = ops.add(ops.fill(1, TensorSpec.of(2)), weight);
    Value other = ops.read(variable("w", 10, 20));
    Value w = ops.add(ops.feed("w", TensorSpec.of(2)), ops.feed("constant", TensorSpec.of(2)));
    try (Program program = program(Map.of("w", ops.add(ops.add(number, w), other)))) {
      program.feed("w", Nd4j.createFromArray(100f, 200f));
      program.feed("constant", Nd4j.createFromArray(1000f, 2000f));
      program.run(0, 0);

      assertThat(program.output("w").toFloatVector()).containsExactly(1112, 2223);
    }
  }

  @Test
  void assignments_happenAfterAllReads() {
    Variable a = variable("a", 1, 2);
    Variable b = variable("b", 10, 20);
    Value sum = ops.add(ops.read(a), ops.read(b));
    ops.assign(a, ops.read(b));
    ops.assign(b, ops.read(a));
    INDArray before = a.array();
    try (Program program = program(Map.of("sum", sum, "old", ops.read(a)))) {
      program.run(0, 0);

      assertThat(a.array()).isSameAs(before);
      assertThat(a.array().toFloatVector()).containsExactly(10, 20);
      assertThat(b.array().toFloatVector()).containsExactly(1, 2);
      assertThat(program.output("sum").toFloatVector()).containsExactly(11, 22);
      assertThat(program.output("old").toFloatVector()).containsExactly(1, 2);
    }
    assertThat(a.array().wasClosed()).isFalse();
  }

  @Test
  void assignments_ofOneValueToTwo_writeBoth() {
    Variable a = variable("a", 1, 2);
    Variable b = variable("b", 10, 20);
    Value next = ops.exp(ops.shift(ops.read(a), -1));
    ops.assign(a, next);
    ops.assign(b, next);
    try (Program program = program(Map.of())) {
      program.run(0, 0);

      assertThat(a.array().getDouble(0)).isEqualTo(1);
      assertThat(b.array()).isEqualTo(a.array());
    }
  }

  @Test
  void run_changesOutsideOfIt_areSeen() {
    Variable a = variable("a", 1, 2);
    try (Program program = program(Map.of("y", ops.scale(ops.read(a), 2)))) {
      program.run(0, 0);
      a.set(Nd4j.createFromArray(5f, 6f));
      program.run(0, 1);

      assertThat(program.output("y").toFloatVector()).containsExactly(10, 12);
    }
  }

  @Test
  void run_withRandomOps_repeatsTheNumbersOfAStep() {
    Value noise = RandomOps.normal(ops, TensorSpec.of(4));
    Value other = RandomOps.normal(ops, TensorSpec.of(4));
    try (Program program = program(Map.of("noise", noise, "other", other))) {
      program.run(1, 2);
      INDArray first = program.output("noise").dup();
      assertThat(program.output("other")).isNotEqualTo(first);
      program.run(1, 3);
      assertThat(program.output("noise")).isNotEqualTo(first);
      program.run(1, 2);
      assertThat(program.output("noise")).isEqualTo(first);
    }
  }

  @Test
  void findNonFinite_namesTheFirstCall() {
    Value x = ops.feed("x", TensorSpec.of(3));
    ops.origin("critic/log");
    Value log = ops.log(x);
    ops.origin("critic/after");
    Value y = ops.sum(ops.square(log));
    Variable a = variable("a", 1);
    ops.assign(a, ops.reshape(y, 1));
    try (Program program = program(Map.of("y", y))) {
      program.feed("x", Nd4j.createFromArray(1f, 2f, 3f));
      assertThat(program.findNonFinite(0, 0)).isEmpty();

      program.feed("x", Nd4j.createFromArray(1f, 0f, 3f));
      Optional<OpCall> found = program.findNonFinite(0, 0);

      assertThat(found.map(call -> call.op().opName())).contains("log");
      assertThat(found.map(OpCall::origin)).contains("critic/log");
      assertThat(a.array().getDouble(0)).isEqualTo(1);
    }
  }

  @Test
  void findNonFinite_ofLargeFiniteNumbers_findsNothing() {
    Value x = ops.feed("x", TensorSpec.of(3));
    try (Program program = program(Map.of("y", ops.scale(x, 0.5)))) {
      program.feed("x", Nd4j.createFromArray(3e38f, 3e38f, 3e38f));

      assertThat(program.findNonFinite(0, 0)).isEmpty();
    }
  }

  @Test
  void run_oftenRepeated_keepsNoMemory() {
    TensorSpec spec = TensorSpec.of(1000, 1000);
    Value x = ops.feed("x", spec);
    Variable w = new Variable("w", spec, () -> Nd4j.zeros(DataType.FLOAT, 1000, 1000));
    Value y = ActivationOps.tanh(ops, ops.add(x, ops.read(w)));
    ops.assign(w, ops.scale(y, 0.5));
    try (Program program = program(Map.of("y", y, "x", x))) {
      for (int i = 0; i < 5; i++) {
        program.run(0, i);
      }
      long before = Pointer.physicalBytes();
      for (int i = 0; i < 100; i++) {
        program.run(0, i);
      }

      // each run makes two arrays of 4 MB
      assertThat(Pointer.physicalBytes() - before).isLessThan(200_000_000);
    }
  }
}
