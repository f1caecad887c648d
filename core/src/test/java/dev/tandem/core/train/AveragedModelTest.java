package dev.tandem.core.train;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AveragedModelTest {

  private static final INDArray X = Nd4j.createFromArray(new float[][] {{1}, {3}});
  private static final INDArray Y = Nd4j.createFromArray(new float[][] {{0}, {1}});

  @Test
  void average_ofAPartOfTheTrainedModel_followsParametersAndCopiesState() {
    BatchNormalization norm = BatchNormalization.of();
    Dense dense = Dense.units(1);
    Input x = Input.of("x", 1);
    Model part = Model.sequential("part", x, dense, norm);
    Model whole = Model.sequential("whole", x, part, Dense.units(1)).initialize(1);

    try (Trainer trainer = whole.compile(Training.with(Sgd.rate(.1)).loss(meanSquaredError()));
        AveragedModel average = AveragedModel.of(part, trainer)) {
      INDArray before = dense.weight("kernel").values();
      assertThat(average.model().name()).isEqualTo("part_average");

      trainer.trainOnBatch(X, Y);
      INDArray after = dense.weight("kernel").values();
      average.follow(.75);

      double expected = .75 * before.getDouble(0) + .25 * after.getDouble(0);
      assertThat(after).isNotEqualTo(before);
      assertThat(kernel(average)).isCloseTo(expected, within(1e-6));
      assertThat(average.model().weights().get(5).values())
          .isEqualTo(norm.weight("moving_variance").values());
      assertThat(dense.weight("kernel").values()).isEqualTo(after);

      average.follow(0);
      assertThat(kernel(average)).isEqualTo(after.getDouble(0));
      assertThatThrownBy(() -> average.follow(1.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("decay of the average is not in [0, 1]: 1.5");
    }
  }

  @Test
  void average_begunAgain_isTheModelOfNow() {
    Model model = Model.sequential("model", Input.of("x", 1), Dense.units(1)).initialize(1);
    try (Trainer trainer = model.compile(Training.with(Sgd.rate(.1)).loss(meanSquaredError()));
        AveragedModel average = AveragedModel.of(model, trainer)) {
      model.weights().get(0).set(Nd4j.createFromArray(new float[][] {{5}}));

      average.begin();

      assertThat(kernel(average)).isEqualTo(5);
    }
  }

  @Test
  void average_ofAModelThatIsNotTrained_isRefused() {
    Model model = Model.sequential("model", Input.of("x", 1), Dense.units(1)).initialize(1);
    Model other = Model.sequential("other", Input.of("x", 1), Dense.units(1)).initialize(1);
    try (Trainer trainer = model.compile(Training.with(Sgd.rate(.1)).loss(meanSquaredError()))) {
      assertThatThrownBy(() -> AveragedModel.of(other, trainer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "an average of Model \"other\" would never move, as Model \"model\", which is"
                  + " trained, has none of its weights; give the trainer of a model that calls its"
                  + " layers");
    }
  }

  private static double kernel(AveragedModel average) {
    return average.model().weights().get(0).values().getDouble(0);
  }
}
