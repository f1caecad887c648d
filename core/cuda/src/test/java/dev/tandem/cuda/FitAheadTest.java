package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.History;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.DelayedDevice;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A fit on a card that makes its steps later. */
class FitAheadTest {

  private static final int ROWS = 40;
  private static final int BATCH = 4;

  private final HostDevice host = Cards.host();
  private final DelayedDevice device = new DelayedDevice(host);
  private final CudaEngine card = new CudaEngine(device);
  private final INDArray inputs = normal(1, ROWS, 3);
  private final INDArray targets = normal(2, ROWS, 2);

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  @AfterEach
  void card_whenAllIsClosed_holdsNothing() {
    device.synchronize();
    assertThat(host.allocations()).isZero();
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(0.01))
        .loss(Losses.meanSquaredError())
        .engine(engine)
        .checkingExamples(false)
        .seed(7);
  }

  private static Model net() {
    return Model.sequential("net", Input.of("x", 3), Dense.units(2).named("b"));
  }

  private Dataset data() {
    return Dataset.builder().input("x", inputs).target("b", targets).build();
  }

  private static Fit fit(int epochs) {
    return Fit.epochs(epochs).batchSize(BATCH).shuffled(false);
  }

  /** How often each epoch of a fit waits, after the first, in which programs are compiled. */
  private List<Long> waits(Training recipe, int epochs) {
    List<Long> seen = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void onEpoch(FitProgress progress) {
            seen.add(device.waits());
          }
        };
    try (Trainer trainer = net().compile(recipe)) {
      trainer.fit(data(), fit(epochs).callbacks(counting));
    }
    List<Long> each = new ArrayList<>();
    for (int i = 1; i < seen.size(); i++) {
      each.add(seen.get(i) - seen.get(i - 1));
    }
    return each;
  }

  @Test
  void fit_ofLossesAlone_waitsOnceAnEpoch() {
    assertThat(waits(recipe(card), 4)).containsOnly(1L);
  }

  @Test
  void fit_withAMetric_waitsForEachOfItsSteps() {
    assertThat(waits(recipe(card).metrics(Metrics.meanAbsoluteError()), 3))
        .allSatisfy(waits -> assertThat(waits).isGreaterThanOrEqualTo(ROWS / BATCH));
  }

  @Test
  void fit_thatWaitsForNothing_reportsWhatOneThatWaitsReports() {
    List<History> histories = new ArrayList<>();
    for (Engine engine : List.of(card, card.waiting())) {
      try (Trainer trainer = net().compile(recipe(engine))) {
        histories.add(trainer.fit(data(), fit(3)));
      }
    }
    assertThat(histories.get(0).of("loss")).hasSize(3).isEqualTo(histories.get(1).of("loss"));
  }

  @Test
  void failedStep_ofAFit_isWhereTheFitStands() {
    inputs.putScalar(5 * BATCH + 1, 1, Double.NaN);
    List<BatchPosition> ends = new ArrayList<>();
    List<StepResult> results = new ArrayList<>();
    Callback watching =
        new Callback() {
          @Override
          public void onStep(FitProgress progress, StepResult result) {
            results.add(result);
          }

          @Override
          public void onError(FitProgress progress, RuntimeException error) {
            ends.add(progress.position());
          }
        };
    for (Engine engine : List.of(card, card.waiting())) {
      try (Trainer trainer = net().compile(recipe(engine))) {
        assertThatThrownBy(() -> trainer.fit(data(), fit(2).callbacks(watching)))
            .isInstanceOf(NonFiniteException.class)
            .hasMessageContaining("step 6")
            .hasMessageContaining("as they were before the step");
        assertThat(trainer.steps()).isEqualTo(5);
      }
    }
    assertThat(ends).hasSize(2);
    assertThat(ends.get(0)).isEqualTo(ends.get(1)).isEqualTo(new BatchPosition(0, 5));
    assertThat(results.size()).as("steps that were asked for").isGreaterThan(5 + 5);
  }
}
