package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Workers that take the mean of their weights every few steps. */
@Timeout(60)
class WorkersAverageTest {

  private static final int BATCH = 4;

  @TempDir Path directory;

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 3),
        Dense.units(4).named("d"),
        BatchNormalization.of().momentum(0.8).named("norm"),
        Dense.units(1).named("y"));
  }

  private static Training recipe(Optimizer optimizer) {
    return Training.with(optimizer).loss(Losses.meanSquaredError()).seed(3);
  }

  private static void step(Trainer trainer, Workers worker) {
    int number = (int) trainer.steps() * worker.count() + worker.rank();
    trainer.trainOnBatch(normal(number, BATCH, 3), normal(number + 500, BATCH, 1));
  }

  private static Map<String, double[]> held(Trainer trainer) {
    Map<String, double[]> all = new TreeMap<>(values(trainer.model()));
    trainer.state().slots().forEach((name, slot) -> all.put(name, doubles(slot.values())));
    return all;
  }

  private static double[] doubles(INDArray array) {
    return array.ravel().toDoubleVector();
  }

  private static List<Map<String, double[]>> afterSteps(
      Optimizer optimizer, Exchange exchange, int steps) {
    return Workers.threads(3)
        .call(
            worker -> {
              try (Trainer trainer = net().compile(recipe(optimizer).over(worker, exchange))) {
                for (int i = 0; i < steps; i++) {
                  step(trainer, worker);
                }
                return held(trainer);
              }
            });
  }

  @Test
  void meanAfterEachStepOfSgd_isTheStepByTheMeanGradient() {
    Map<String, double[]> gradients = afterSteps(Sgd.rate(0.1), Exchange.everyStep(), 1).get(0);
    Map<String, double[]> weights = afterSteps(Sgd.rate(0.1), Exchange.averaging(1), 1).get(0);
    assertClose(weights, gradients, 1e-6);
  }

  @Test
  void mean_isThatOfWhatEachHoldsByItself() {
    List<Map<String, double[]>> apart = afterSteps(Adam.rate(0.01), Exchange.averaging(100), 4);
    List<Map<String, double[]>> together = afterSteps(Adam.rate(0.01), Exchange.averaging(4), 4);
    assertThat(apart.get(0).get("d/kernel")).isNotEqualTo(apart.get(1).get("d/kernel"));
    for (Map<String, double[]> worker : together) {
      assertClose(worker, together.get(0), 0);
    }
    together
        .get(0)
        .forEach(
            (name, numbers) -> {
              for (int i = 0; i < numbers.length; i++) {
                double sum = 0;
                for (Map<String, double[]> worker : apart) {
                  sum += worker.get(name)[i];
                }
                assertThat(numbers[i]).as(name).isCloseTo(sum / 3, within(numbers[i]));
              }
            });
  }

  private static Offset<Double> within(double of) {
    return Offset.offset(1e-6 * (1 + Math.abs(of)));
  }

  @Test
  void save_isTakenWhereAllHoldTheSame_andGoesOnToTheBit() {
    Exchange exchange = Exchange.averaging(3);
    List<Map<String, double[]>> whole = afterSteps(Adam.rate(0.01), exchange, 7);
    Workers.threads(3)
        .run(
            worker -> {
              try (Trainer trainer =
                  net().compile(recipe(Adam.rate(0.01)).over(worker, exchange))) {
                step(trainer, worker);
                assertThatThrownBy(() -> Checkpoint.of(trainer).save(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("every 3 steps")
                    .hasMessageContaining("save after step 3");
                step(trainer, worker);
                step(trainer, worker);
                if (worker.rank() == 1) {
                  Checkpoint.of(trainer).save(directory);
                }
              }
            });
    List<Map<String, double[]>> resumed =
        Workers.threads(3)
            .call(
                worker -> {
                  try (Trainer trainer =
                      net().compile(recipe(Adam.rate(0.01)).over(worker, exchange))) {
                    Checkpoint.of(trainer).restore(directory);
                    while (trainer.steps() < 7) {
                      step(trainer, worker);
                    }
                    return held(trainer);
                  }
                });
    for (int rank = 0; rank < 3; rank++) {
      assertClose(resumed.get(rank), whole.get(rank), 0); // of which each is one step beyond a mean
    }
  }

  @Test
  void fit_meetsAtTheEndOfEachEpoch_andReportsTheSameOnAll() {
    Dataset data =
        Dataset.builder().input("x", normal(1, 40, 3)).target("y", normal(2, 40, 1)).build();
    List<Map<String, double[]>> held = new ArrayList<>();
    List<History> histories =
        Workers.threads(2)
            .call(
                worker -> {
                  Training recipe = recipe(Adam.rate(0.01)).over(worker, Exchange.averaging(3));
                  try (Trainer trainer = net().compile(recipe)) {
                    History history =
                        trainer.fit(data, Fit.epochs(2).batchSize(BATCH).validation(data.take(8)));
                    Checkpoint.of(trainer).save(directory.resolve("" + worker.rank()));
                    synchronized (held) {
                      held.add(held(trainer));
                    }
                    return history;
                  }
                });
    assertClose(held.get(0), held.get(1), 0);
    assertThat(histories.get(1).epochs()).isEqualTo(histories.get(0).epochs());
  }

  @Test
  void modelOf16Bits_isRefusedByName_withWorkersAndAlone() {
    for (DataType narrow : List.of(DataType.FLOAT16, DataType.BFLOAT16)) {
      Model model =
          Model.sequential("net", Input.of("x", Shape.of(3), narrow), Dense.units(1).named("y"));
      assertThatThrownBy(() -> model.compile(recipe(Sgd.rate(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"y/kernel\" of Model \"net\" is " + narrow)
          .hasMessageContaining("float32 or float64");
    }
  }

  @Test
  void numbersOfSteps_thatAreNone_areRefused() {
    for (int every : new int[] {0, -1, 101}) {
      assertThatThrownBy(() -> Exchange.averaging(every))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 100")
          .hasMessageContaining("not " + every);
    }
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker -> {
                          Exchange way =
                              worker.rank() == 0 ? Exchange.everyStep() : Exchange.averaging(5);
                          net().compile(recipe(Sgd.rate(1)).over(worker, way));
                        }))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has exchange of weights, every 5");
  }
}
