package dev.tandem.core.train.callback;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.io.BestCheckpoint;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.History;
import dev.tandem.core.train.Toys;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReduceLrOnPlateauTest {

  private static final Dataset ONE =
      Dataset.builder().input("x", column(1)).target("w", column(0)).build();

  private static Training recipe(Optimizer optimizer) {
    return Training.with(optimizer)
        .loss(Losses.meanSquaredError())
        .metrics(Metrics.meanAbsoluteError());
  }

  /** Rates of the epochs of one step each; nothing moves, so no epoch is better than the first. */
  private static List<Double> rates(Trainer trainer, int epochs, ReduceLrOnPlateau plateau) {
    List<Double> rates = new ArrayList<>();
    Callback notes =
        new Callback() {
          @Override
          public void onEpoch(FitProgress progress) {
            rates.add(progress.trainer().rate());
          }
        };
    trainer.fit(ONE, Fit.epochs(epochs).callbacks(notes, plateau));
    return rates;
  }

  @Test
  void rate_falls_whenNothingWasBetterForSoLong() {
    // the weight goes to and fro, so the loss stays
    Trainer trainer = line(1).compile(recipe(Sgd.rate(1)));
    List<Double> rates =
        rates(trainer, 6, ReduceLrOnPlateau.lowest("loss").factor(.5).patience(2).minRate(.2));

    // epoch 0 is the best; 1 and 2 are not better; the weight does not move on at rate .5
    assertThat(rates.subList(0, 4)).containsExactly(1., 1., 1., .5);
    assertThat(trainer.rateFactor()).isEqualTo(.5);
  }

  @Test
  void cooldownAndLeastRate_areKept() {
    Trainer trainer = line(0).compile(recipe(Sgd.rate(.8)));
    List<Double> rates =
        rates(
            trainer,
            9,
            ReduceLrOnPlateau.highest("mean_absolute_error")
                .factor(.5)
                .patience(1)
                .cooldown(2)
                .minRate(.3));

    assertThat(rates).containsExactly(.8, .8, .4, .4, .4, .3, .3, .3, .3);
  }

  @Test
  void monitors_thatAreMisspelt_areRefusedBeforeTheFirstEpoch(@TempDir Path folder) {
    Trainer trainer = line(1).compile(recipe(Sgd.rate(.1)));
    Fit fit = Fit.epochs(2);

    assertThatThrownBy(() -> trainer.fit(ONE, fit.callbacks(ReduceLrOnPlateau.lowest("val_loss"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the plateau of the rate watches \"val_loss\", which is not reported; there are [loss,"
                + " mean_absolute_error]; give the fit validation data");
    assertThatThrownBy(() -> trainer.fit(ONE, fit.callbacks(BestCheckpoint.lowest(folder, "mae"))))
        .hasMessageContaining("watches \"mae\", which is not reported; there are [loss, mean_abs");
    assertThat(trainer.steps()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void settings_outOfTheirRange_areRefused() {
    ReduceLrOnPlateau plateau = ReduceLrOnPlateau.lowest("loss");
    assertThatThrownBy(() -> plateau.factor(1))
        .hasMessage("factor of the rate is not in (0, 1): 1.0");
    assertThatThrownBy(() -> plateau.patience(0)).hasMessageContaining("patience");
    assertThatThrownBy(() -> plateau.minRate(-1)).hasMessageContaining("smallest rate");
  }

  @Test
  void rateThatWasSet_movesTheNextStep_andIsKept(@TempDir Path folder) {
    Training recipe = recipe(Sgd.rate(.1));
    Trainer trainer = line(1).compile(recipe);
    trainer.setRate(.3);
    assertThat(trainer.rate()).isEqualTo(.3);
    trainer.trainOnBatch(column(1), column(0));
    // 1 − .3 · 2
    assertThat(Toys.weight(trainer.model())).isCloseTo(.4, within(1e-6));

    Checkpoint.of(trainer).save(folder.resolve("c"));
    Trainer again = line(5).compile(recipe);
    Checkpoint.of(again).restore(folder.resolve("c"));
    assertThat(again.rate()).isEqualTo(.3);
    assertThat(again.recompile().rate()).isEqualTo(.3);
    assertThat(trainer.recompile(recipe(Sgd.rate(.7))).rate()).isEqualTo(.7);
  }

  @Test
  void rateOfASchedule_isMultiplied_andNotSet() {
    Trainer trainer = line(1).compile(recipe(Sgd.rate(Schedules.exponentialDecay(.1, 1, .5))));
    trainer.rateFactor(3);
    trainer.trainOnBatch(column(1), column(0));
    trainer.trainOnBatch(column(1), column(0));

    assertThat(trainer.rate()).isCloseTo(.15, within(1e-12));
    assertThatThrownBy(() -> trainer.setRate(.1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("multiply what it says by rateFactor(...)");
    assertThatThrownBy(() -> trainer.rateFactor(Double.NaN))
        .hasMessage("factor of the rates is not at least 0: NaN");
  }

  @Test
  void history_printsAsATable_andAsCsv(@TempDir Path folder) throws Exception {
    Trainer trainer = line(1).compile(recipe(Sgd.rate(.25)));
    Path file = folder.resolve("log.csv");
    History history = trainer.fit(ONE, Fit.epochs(2).validation(ONE).callbacks(CsvLog.to(file)));

    assertThat(history)
        .hasToString(
            """
            epoch    loss  mean_absolute_error  val_loss  val_mean_absolute_error
                0  1.0000               1.0000    0.2500                   0.5000
                1  0.2500               0.5000    0.0625                   0.2500
            """);
    assertThat(history.csv())
        .isEqualTo(
            """
            epoch,loss,mean_absolute_error,val_loss,val_mean_absolute_error
            0,1.0,1.0,0.25,0.5
            1,0.25,0.5,0.0625,0.25
            """);
    assertThat(file).hasContent(history.csv());
    assertThat(history.svg())
        .startsWith("<svg xmlns=")
        .contains(">mean_absolute_error</text>", "class=\"c1 dashed\"", "58.0,12.0 450.0,")
        .endsWith("</svg>\n");
    assertThat(history.lowest("val_loss")).isEqualTo(.0625);
    assertThat(history.highest("loss")).isEqualTo(1);
  }
}
