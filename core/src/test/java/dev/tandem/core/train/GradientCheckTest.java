package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GradientCheckTest {

  private static final Training RECIPE =
      Training.with(Adam.rate(.1)).loss(Losses.meanSquaredError()).seed(3);

  private static Model net(DataType type) {
    return Model.sequential(
        "net",
        Input.of("x", Shape.of(3), type),
        Dense.units(5).activation(Activations.tanh()),
        BatchNormalization.of(),
        Dropout.rate(.4),
        Dense.units(2).named("head"));
  }

  private static Value withHalfOfTheGradient(Ops ops, List<Value> in) {
    Value x = in.get(0);
    return ops.add(ops.scale(x, .5), ops.scale(ops.stopGradient(x), .5));
  }

  private static Examples examples(DataType type) {
    INDArray x = Nd4j.linspace(DataType.DOUBLE, -1, 0.13, 18).reshape(6, 3).castTo(type);
    INDArray y = Nd4j.linspace(DataType.DOUBLE, .3, -0.2, 12).reshape(6, 2).castTo(type);
    return Examples.of(x, y);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void gradients_ofANetWithDropoutAndBatchNorm_agreeWithDifferences(DataType type) {
    try (Trainer trainer = net(type).compile(RECIPE)) {
      GradientCheck check = GradientCheck.of(trainer, examples(type));

      assertThat(check.agrees()).as(check.toString()).isTrue();
      assertThat(check.lines())
          .extracting(GradientCheck.Line::weight)
          .containsExactlyElementsOf(trainer.gradientArrays().keySet());
      check.require();
    }
  }

  @Test
  void check_ofATrainer_leavesItsNextStepAsItWas() {
    Model checked = net(DataType.FLOAT).initialize(1);
    Model other = net(DataType.FLOAT).initialize(1);
    try (Trainer trainer = checked.compile(RECIPE);
        Trainer untouched = other.compile(RECIPE)) {
      trainer.trainOnBatch(examples(DataType.FLOAT));
      untouched.trainOnBatch(examples(DataType.FLOAT));

      GradientCheck.of(trainer, examples(DataType.FLOAT));

      trainer.trainOnBatch(examples(DataType.FLOAT));
      untouched.trainOnBatch(examples(DataType.FLOAT));
      for (Weight weight : other.weights()) {
        assertThat(checked.weight(other.weightsByPath().inverse().get(weight)).values())
            .as(weight.path())
            .isEqualTo(weight.values());
      }
    }
  }

  @Test
  void gradients_thatAreHeldBack_areFoundByTheirWeight() {
    Model model =
        Model.sequential(
            "net",
            Input.of("x", Shape.of(3), DataType.DOUBLE),
            Dense.units(4).named("lost"),
            // half of the value is a constant for gradients, so half of them is missing
            Lambda.of(GradientCheckTest::withHalfOfTheGradient),
            Dense.units(2).named("kept"));
    try (Trainer trainer = model.compile(RECIPE)) {
      GradientCheck check = GradientCheck.of(trainer, examples(DataType.DOUBLE));

      assertThat(check.lines().stream().filter(line -> !line.agrees()))
          .extracting(GradientCheck.Line::weight)
          .containsExactly("lost/kernel", "lost/bias");
      assertThatIllegalStateException()
          .isThrownBy(check::require)
          .withMessageContainingAll("not the derivatives of the loss", "lost/kernel: computed")
          .withMessageNotContaining("kept/kernel");
    }
  }

  @Test
  void trainer_thatMovesNothing_isRefusedByName() {
    Model model = net(DataType.FLOAT);
    model.setTrainable(false);
    try (Trainer trainer = model.compile(RECIPE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientCheck.of(trainer, examples(DataType.FLOAT)))
          .withMessageContaining("moves no weights");
    }
  }
}
