package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanProfile;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.GradientCheck;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on debugging. */
class DebuggingTest {

  private static final Training RECIPE =
      Training.with(Adam.rate(1e-3)).loss(meanSquaredError()).seed(1);

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 3),
        Dense.units(8).activation(relu()).named("hidden"),
        Dense.units(1).named("head"));
  }

  @Test
  void activations_areOutputsOfACut() {
    Model net = net();
    INDArray x = Nd4j.rand(DataType.FLOAT, 5, 3);
    // region activations
    Model probe =
        Model.of(
            "probe",
            List.copyOf(net.inputs().values()),
            List.of(net.output(net.layer("hidden")), net.output()));
    try (Predictor predictor = Predictor.of(probe)) {
      Map<String, INDArray> seen = predictor.predict(Map.of("x", x)); // {hidden=…, head=…}
      double dead = seen.get("hidden").eq(0).castTo(DataType.FLOAT).meanNumber().doubleValue();
      System.out.println("share of zeros behind relu: " + dead);
    }
    // endregion
    assertThat(probe.outputs().keySet()).containsExactly("hidden", "head");
  }

  @Test
  void gradients_canBeLookedAt() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 5, 3);
    INDArray y = Nd4j.rand(DataType.FLOAT, 5, 1);
    try (Trainer trainer = net().compile(RECIPE)) {
      // region gradients
      trainer.gradients(Examples.of(x, y)); // the first half of a step
      trainer
          .gradientArrays()
          .forEach((path, gradient) -> System.out.println(path + " " + gradient.norm2Number()));
      trainer.dropGradients(); // or update(), the second half
      // endregion
      assertThat(trainer.steps()).isZero();
    }
  }

  @Test
  void gradientsOfOwnCode_areCheckedByDifferences() {
    // region check
    Model model =
        Model.sequential(
            "checked",
            Input.of("x", Shape.of(3), DataType.DOUBLE), // float64: ten digits instead of three
            Dense.units(8).activation(tanh()),
            Dense.units(1)); // … and the layer of your own
    INDArray x = Nd4j.rand(DataType.DOUBLE, 5, 3);
    INDArray y = Nd4j.rand(DataType.DOUBLE, 5, 1);
    try (Trainer trainer = model.compile(RECIPE)) {
      GradientCheck check = GradientCheck.of(trainer, Examples.of(x, y));
      System.out.println(check); // a line for each weight
      check.require(); // an error that names the weights that differ
    }
    // endregion
  }

  @Test
  void nonFiniteStep_namesWhereItBegan() {
    Model net = net().initialize(1);
    INDArray x = Nd4j.rand(DataType.FLOAT, 5, 3);
    INDArray y = Nd4j.valueArrayOf(new long[] {5, 1}, 1e30f);
    Training hot = Training.with(Sgd.rate(1e30)).loss(meanSquaredError()).seed(1);
    try (Trainer trainer = net.compile(hot)) {
      INDArray before = net.weight("head/kernel").values();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 3; i++) {
                  trainer.trainOnBatch(x, y);
                }
              })
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("Model \"net\"");
      assertThat(net.weight("head/kernel").values()).isEqualTo(before);
    }
  }

  @Test
  void profile_listsTheKernelsOfAStep() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 5, 3);
    INDArray y = Nd4j.rand(DataType.FLOAT, 5, 1);
    try (Trainer trainer = net().compile(RECIPE)) {
      trainer.trainOnBatch(x, y);
      // region profile
      for (Program program : trainer.programs()) {
        if (program instanceof Plan plan) { // the CPU's engine
          PlanProfile profile = plan.profile(20); // medians of 20 runs, kernel by kernel
          System.out.println(profile.table(profile.dearest(10)));
        }
      }
      // endregion
      assertThat(trainer.programs()).isNotEmpty();
    }
  }
}
