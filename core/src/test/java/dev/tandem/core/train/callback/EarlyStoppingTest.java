package dev.tandem.core.train.callback;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.line;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.History;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  private static final Dataset ONE =
      Dataset.builder().input("x", column(1)).target("w", column(0)).build();

  /**
   * The weight goes 1, .8, .6 … down by .2 with each epoch; held-out data wants .6, so the squared
   * errors after the epochs are .04, 0, .04, .16, .36, ….
   */
  private static History fit(Model model, int epochs, Callback... callbacks) {
    Dataset held = Dataset.builder().input("x", column(1)).target("w", column(0.6)).build();
    Trainer still = model.compile(Training.with(Sgd.rate(0)).loss(Losses.meanSquaredError()));
    Trainer steady = model.compile(Training.with(Sgd.rate(0.2)).loss(Losses.output()));
    Callback down =
        new Callback() {
          @Override
          public void onStep(FitProgress progress, StepResult result) {
            steady.trainOnBatch(Examples.of(column(1)));
          }
        };
    List<Callback> all = new ArrayList<>(List.of(down));
    all.addAll(List.of(callbacks));
    return still.fit(
        ONE, Fit.epochs(epochs).validation(held).callbacks(all.toArray(Callback[]::new)));
  }

  @Test
  void fit_stops_whenTheNumberWasNotBetterForSoLong() {
    Model model = line(1);
    EarlyStopping stopping = EarlyStopping.lowest("val_loss").patience(3);
    History history = fit(model, 20, stopping);
    assertThat(history.of("val_loss")).hasSize(5);
    assertThat(stopping.bestEpoch()).isEqualTo(1);
    assertThat(weight(model)).isCloseTo(0, CLOSE);
  }

  @Test
  void fit_stops_withTheWeightsOfTheBestEpoch() {
    Model model = line(1);
    fit(model, 20, EarlyStopping.lowest("val_loss").patience(2).restoringBest());
    assertThat(weight(model)).isCloseTo(0.6, CLOSE);
    Model unstopped = line(1);
    fit(unstopped, 3, EarlyStopping.lowest("val_loss").patience(9).restoringBest());
    assertThat(weight(unstopped)).isCloseTo(0.6, CLOSE);
  }

  @Test
  void weights_thatTheTrainerHoldsStill_areNotPutBack() {
    Model model = line(1);
    Dataset held = Dataset.builder().input("x", column(1)).target("w", column(0.6)).build();
    Trainer still =
        model.compile(
            Training.with(Sgd.rate(0)).loss(Losses.meanSquaredError()).selecting(weight -> false));
    Callback elsewhere =
        new Callback() {
          @Override
          public void onStep(FitProgress progress, StepResult result) {
            Weight weight = model.weights().get(0);
            weight.set(weight.values().sub(0.2));
          }
        };
    EarlyStopping best = EarlyStopping.lowest("val_loss").restoringBest();
    still.fit(ONE, Fit.epochs(4).validation(held).callbacks(elsewhere, best));

    assertThat(weight(model)).isCloseTo(0.4, CLOSE); // moved by others in three epochs
  }

  @Test
  void number_thatIsLittleBetter_doesNotCount() {
    EarlyStopping stopping = EarlyStopping.lowest("val_loss").minDelta(0.05);
    assertThat(fit(line(1), 20, stopping).epochs()).hasSize(2);
    assertThat(stopping.bestEpoch()).isZero();
  }

  @Test
  void number_thatShouldBeLarge_isFollowedUpwards() {
    EarlyStopping stopping = EarlyStopping.highest("val_loss");
    assertThat(fit(line(1), 20, stopping).epochs()).hasSize(2);
    assertThat(fit(line(0.4), 20, stopping).epochs()).hasSize(20);
    assertThat(stopping.bestEpoch()).isEqualTo(19);
  }

  @Test
  void reason_ofTheStop_saysWhatWasBest() {
    List<String> reasons = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void onEnd(FitProgress progress) {
            reasons.add(progress.stopReason());
          }
        };
    fit(line(1), 20, EarlyStopping.lowest("val_loss").patience(2), listener);
    assertThat(reasons).hasSize(1);
    assertThat(reasons.get(0))
        .startsWith("val_loss was best in epoch 1 (")
        .endsWith("2 epochs before");
  }

  @Test
  void number_thatIsNotReported_isRefusedBeforeTheFirstEpoch() {
    Model model = line(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(model, 2, EarlyStopping.lowest("accuracy")))
        .withMessage(
            "early stopping watches \"accuracy\", which is not reported; there are [loss,"
                + " val_loss]");
    assertThat(weight(model)).isEqualTo(1);
  }

  @Test
  void settings_outOfTheirRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.lowest("loss").patience(0))
        .withMessage("patience is not at least 1 epoch: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.lowest("loss").minDelta(-1))
        .withMessage("smallest difference is not at least 0: -1.0");
  }
}
