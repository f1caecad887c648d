package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.step.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Means of weights, stops and changes of workers in adversarial training. */
@Timeout(60)
class WorkersLawTest {

  private static final Dataset POINTS =
      Dataset.builder()
          .input("x", Nd4j.linspace(DataType.FLOAT, -1, 0.02, 100).reshape(50, 2))
          .build();

  @TempDir Path directory;

  private static AdversarialTraining recipe() {
    return Presets.named("r3gan").forSamples(Shape.of(2)).batch(6).seed(4);
  }

  private static List<Map<String, String>> run(Exchange exchange, int rounds) {
    return Workers.threads(2)
        .call(
            worker -> {
              try (AdversarialTrainer trainer = recipe().over(worker, exchange).start(POINTS)) {
                trainer.train(rounds);
                return RunArrays.of(trainer);
              }
            });
  }

  @Test
  void workersThatTakeMeans_holdTheSameAfterEach_andGoOnToTheBit() {
    Exchange every = Exchange.averaging(3);
    List<Map<String, String>> apart = run(every, 5);
    assertThat(apart.get(0)).isNotEqualTo(apart.get(1));
    List<Map<String, String>> whole = run(every, 6);
    assertThat(whole).containsOnly(whole.get(0));
    Workers.threads(2)
        .run(
            worker -> {
              try (AdversarialTrainer trainer = recipe().over(worker, every).start(POINTS)) {
                trainer.train(2);
                assertThatThrownBy(() -> trainer.save(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("every 3 rounds")
                    .hasMessageContaining("save after round 3");
                trainer.train(1);
                if (worker.rank() == 1) {
                  trainer.save(directory);
                }
              }
            });
    Workers.threads(2)
        .run(
            worker -> {
              try (AdversarialTrainer trainer =
                  recipe().over(worker, every).resume(POINTS, directory)) {
                trainer.train(3);
                assertThat(RunArrays.of(trainer)).isEqualTo(whole.get(0));
              }
            });
  }

  @Test
  void meanAfterEachRoundOfSgd_isNearTheStepByTheMeanGradient() {
    INDArray byGradients = samplesAfterARound(Exchange.everyStep());
    INDArray byWeights = samplesAfterARound(Exchange.averaging(1));
    assertThat(byWeights.equalsWithEps(byGradients, 1e-5)).isTrue();
  }

  private static INDArray samplesAfterARound(Exchange exchange) {
    return Workers.threads(2)
        .call(
            worker -> {
              AdversarialTraining recipe =
                  recipe()
                      .schedule(Alternation.simultaneously()) // both gradients by the same nets
                      .optimizers(Optimizers.both(Sgd.rate(0.01)))
                      .over(worker, exchange);
              try (AdversarialTrainer trainer = recipe.start(POINTS)) {
                trainer.train(1);
                return trainer.sample(5, 1);
              }
            })
        .get(0);
  }

  @Test
  void stopOfOneWorker_endsAllInTheSameRound() {
    for (Exchange exchange : List.of(Exchange.everyStep(), Exchange.averaging(4))) {
      List<Outcome> outcomes =
          Workers.threads(2)
              .call(
                  worker -> {
                    try (AdversarialTrainer trainer =
                        recipe().over(worker, exchange).start(POINTS)) {
                      if (worker.rank() == 1) {
                        trainer.with(
                            new AdversarialCallback() {
                              @Override
                              public void onRound(AdversarialTrainer at, Round round) {
                                if (round.number() == 2) {
                                  at.stop("enough");
                                }
                              }
                            });
                      }
                      return trainer.train(20);
                    }
                  });
      long expected = exchange.isAveraging() ? 4 : 2;
      assertThat(outcomes).extracting(one -> one.counters().rounds()).containsOnly(expected);
      assertThat(outcomes).extracting(one -> one.stopped().orElse("")).containsOnly("enough");
    }
  }

  @Test
  void checkpointsBetweenMeans_waitForTheNextOne() {
    Workers.threads(2)
        .run(
            worker -> {
              try (AdversarialTrainer trainer =
                  recipe().over(worker, Exchange.averaging(4)).start(POINTS)) {
                Path mine = directory.resolve("" + worker.rank());
                RollingCheckpoints rolling = RollingCheckpoints.in(mine, 9, 3);
                trainer.with(rolling).train(8);
                assertThat(rolling.latest()).hasValueSatisfying(p -> assertThat(p).exists());
                assertThat(mine.toFile().list())
                    .filteredOn(name -> name.matches(".*\\d+"))
                    .hasSize(2)
                    .allMatch(name -> name.matches(".*[48]"));
              }
            });
  }

  @Test
  void otherWorkers_areToldInALine() {
    String gradients = Exchange.everyStep().toString();
    RunWorkers two = new RunWorkers(2, 1, gradients, true);
    RunWorkers four = new RunWorkers(4, 1, gradients, true);
    assertThat(four.changeFrom(two, 6, OptionalInt.of(8), true))
        .isEqualTo(
            "goes on with 4 workers instead of 2 workers: a step takes 24 samples instead of 12,"
                + " and an epoch has 2 steps instead of 4; rates stay what they are, and weights"
                + " become others than they would have been; the memory of batches 3 to 4 of a"
                + " step begins empty");
    assertThat(new RunWorkers(1, 4, gradients, true).changeFrom(four, 6, OptionalInt.of(8), true))
        .isEqualTo(
            "goes on with 1 worker of 4 batches a step instead of 4 workers: the same steps, to"
                + " the bit");
    assertThat(
            new RunWorkers(2, 1, Exchange.averaging(9).toString(), true)
                .changeFrom(two, 6, OptionalInt.empty(), true))
        .startsWith(
            "goes on with 2 workers instead of 2 workers: exchanged are weights, every 9, not"
                + " gradients in every step; rates");
  }
}
