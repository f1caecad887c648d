package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.EveryEngine;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Workers with a batch each against one process that accumulates as many batches: equal bits. */
@Timeout(120)
class WorkersTest {

  private static final int STEPS = 5;
  private static final int BATCH = 4;

  /** Two heads over a trunk with batch norm, dropout and a spectrally normalized layer. */
  private static Model net() {
    Input x = Input.of("x", 3);
    SymbolicTensor trunk =
        Model.sequential(
                "trunk",
                Input.of("t", 3),
                Dense.units(8).named("d"),
                BatchNormalization.of().momentum(0.8).named("norm"),
                SpectralNormalization.of(Dense.units(6).activation(Activations.tanh()).named("s")),
                Dropout.rate(0.3))
            .apply(x);
    return Model.of(
        "net",
        List.of(x),
        List.of(Dense.units(2).named("a").apply(trunk), Dense.units(1).named("b").apply(trunk)));
  }

  private static Training recipe(Optimizer optimizer, Engine engine) {
    return Training.with(optimizer)
        .loss("a", Losses.meanSquaredError())
        .loss("b", Losses.meanSquaredError())
        .clip(Clippings.byGlobalNorm(1))
        .engine(engine)
        .seed(5);
  }

  private static Examples batch(int number) {
    return Examples.of(
        Map.of("x", normal(number, BATCH, 3)),
        Map.of("a", normal(number + 1000, BATCH, 2), "b", normal(number + 2000, BATCH, 1)));
  }

  /** What a run leaves: weights and state, slots, and the losses of its steps. */
  private record Run(
      Map<String, double[]> weights, Map<String, INDArray> slots, List<StepResult> results) {

    static Run of(Trainer trainer, List<StepResult> results) {
      Map<String, INDArray> slots = new TreeMap<>();
      trainer.state().slots().forEach((name, slot) -> slots.put(name, slot.values()));
      return new Run(values(trainer.model()), slots, results);
    }
  }

  private static void assertSame(Run actual, Run expected) {
    assertClose(actual.weights(), expected.weights(), 0);
    assertThat(actual.slots()).isEqualTo(expected.slots());
  }

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    EveryEngine.all().forEach(engine -> all.add(Arguments.of(engine, Adam.rate(0.01), 2)));
    Engine first = EveryEngine.all().findFirst().orElseThrow();
    all.add(Arguments.of(first, Adam.rate(0.01), 3));
    all.add(Arguments.of(first, Sgd.rate(0.5), 8));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void workers_withABatchEach_leaveTheBitsOfOneThatAccumulates(
      Engine engine, Optimizer optimizer, int count) {
    Run one;
    try (Trainer trainer = net().compile(recipe(optimizer, engine))) {
      List<StepResult> results = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        for (int part = 0; part < count - 1; part++) {
          trainer.gradients(batch(step * count + part));
        }
        results.add(trainer.trainOnBatch(batch(step * count + count - 1)));
      }
      one = Run.of(trainer, results);
    }
    ImmutableList<Run> all =
        Workers.threads(count)
            .call(
                worker -> {
                  try (Trainer trainer = net().compile(recipe(optimizer, engine).over(worker))) {
                    List<StepResult> results = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                      results.add(trainer.trainOnBatch(batch(step * count + worker.rank())));
                    }
                    return Run.of(trainer, results);
                  }
                });
    for (Run worker : all) {
      assertSame(worker, one);
      assertThat(worker.results()).isEqualTo(all.get(0).results());
    }
  }

  @Test
  void lossesOfAStep_areTheMeansOverTheWorkers() {
    List<Double> alone = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      try (Trainer trainer = line().compile(lineRecipe())) {
        alone.add(trainer.testOnBatch(normal(part, BATCH, 3), normal(part + 9, BATCH, 1)).loss());
      }
    }
    Workers.threads(2)
        .run(
            worker -> {
              try (Trainer trainer = line().compile(lineRecipe().over(worker))) {
                int rank = worker.rank();
                StepResult result =
                    trainer.trainOnBatch(normal(rank, BATCH, 3), normal(rank + 9, BATCH, 1));
                assertThat(result.loss())
                    .isCloseTo((alone.get(0) + alone.get(1)) / 2, within(1e-6));
                assertThat(result.losses()).containsExactly(Map.entry("w", result.loss()));
              }
            });
  }

  private static Model line() {
    return Model.sequential("line", Input.of("x", 3), Dense.units(1).named("w"));
  }

  private static Training lineRecipe() {
    return Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fit_overWorkers_leavesTheBitsOfOneThatAccumulatesItsBatches(boolean inPieces) {
    Dataset rows =
        Dataset.builder().input("x", normal(1, 46, 3)).target("w", normal(2, 46, 1)).build();
    DataSource data =
        inPieces ? SequenceSource.of(List.of(rows.slice(0, 5), rows.slice(5, 46))) : rows;
    Fit how = Fit.epochs(3).batchSize(BATCH).seed(6);
    Training recipe = lineRecipe().metrics(Metrics.meanAbsoluteError());
    int count = 3;
    List<INDArray> xs = new ArrayList<>();
    List<INDArray> ys = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      try (BatchIterator batches = data.batches(Batching.of(BATCH).shuffled(6), epoch)) {
        for (int i = 0; i < 12; i++) { // eleven of four rows and one of two
          Batch batch = batches.next();
          xs.add(batch.inputs().get("x").dup());
          ys.add(batch.targets().get("w").dup());
        }
      }
    }
    Run one;
    try (Trainer trainer = line().compile(recipe)) {
      for (int i = 0; i < xs.size(); i++) {
        trainer.gradients(Examples.of(xs.get(i), ys.get(i)));
        if (i % count == count - 1) {
          trainer.update();
        }
      }
      one = Run.of(trainer, List.of());
    }
    List<History> histories =
        Workers.threads(count)
            .call(
                worker -> {
                  try (Trainer trainer = line().compile(recipe.over(worker))) {
                    History history = trainer.fit(data, how.validation(rows.take(8)));
                    assertSame(Run.of(trainer, List.of()), one);
                    return history;
                  }
                });
    assertThat(histories).extracting(History::epochs).containsOnly(histories.get(0).epochs());
    assertThat(histories.get(0).epochs().get(0))
        .containsOnlyKeys("loss", "mean_absolute_error", "val_loss", "val_mean_absolute_error");
  }

  @Test
  void failedStepOfOneWorker_movesNothingAnywhere() {
    List<Map<String, double[]>> after = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker -> {
                          Trainer trainer = line().compile(lineRecipe().over(worker));
                          trainer.trainOnBatch(normal(1, BATCH, 3), normal(2, BATCH, 1));
                          Map<String, double[]> before = values(trainer.model());
                          INDArray x = normal(3, BATCH, 3);
                          if (worker.rank() == 1) {
                            x.putScalar(1, 2, Double.NaN);
                          }
                          try {
                            trainer.trainOnBatch(x, normal(4, BATCH, 1));
                          } finally {
                            assertClose(values(trainer.model()), before, 0);
                            assertThat(trainer.steps()).isEqualTo(1);
                            assertThat(trainer.state().isBetweenSteps()).isTrue();
                            synchronized (after) {
                              after.add(before);
                            }
                          }
                        }))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("step 2");
    assertThat(after).hasSize(2);
  }

  @Test
  void workers_withoutASeed_takeTheFirstOnes() {
    List<Long> seeds =
        Workers.threads(3)
            .call(
                worker -> {
                  Training recipe = Training.with(Sgd.rate(1)).loss(Losses.meanSquaredError());
                  try (Trainer trainer = line().compile(recipe.over(worker))) {
                    trainer.trainOnBatch(normal(worker.rank(), 2, 3), normal(1, 2, 1));
                    return trainer.seed();
                  }
                });
    assertThat(seeds).containsOnly(seeds.get(0));
  }

  @Test
  void workers_thatDiffer_areNamedWithWhatDiffers() {
    assertThatThrownBy(
            () -> Workers.threads(2).run(w -> line().compile(lineRecipe().seed(w.rank()).over(w))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has seed 1, and worker 0 seed 0");
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(w -> line().initialize(w.rank()).compile(lineRecipe().over(w))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has weight \"w/kernel\"")
        .hasMessageContaining("same seeds and files");
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        w ->
                            line()
                                .compile(
                                    Training.with(Sgd.rate(1 + w.rank()))
                                        .loss(Losses.meanSquaredError())
                                        .seed(1)
                                        .over(w))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has optimizer");
  }

  @Test
  void workers_overTheSameModel_areRefused() {
    Model shared = line();
    assertThatThrownBy(() -> Workers.threads(2).run(w -> shared.compile(lineRecipe().over(w))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("workers 0 and 1 have the same weights")
        .hasMessageContaining("build its models");
  }

  @Test
  void data_thatDiffers_isNamedBeforeTheFirstStep() {
    Dataset data =
        Dataset.builder().input("x", normal(1, 24, 3)).target("w", normal(2, 24, 1)).build();
    Dataset other =
        Dataset.builder().input("x", normal(3, 24, 3)).target("w", normal(2, 24, 1)).build();
    assertRefused((trainer, rank) -> trainer.fit(rank == 1 ? other : data, ONE))
        .hasMessageContaining("worker 1 has data whose rows have the digest")
        .hasMessageContaining("same seeds and files");
    assertRefused((trainer, rank) -> trainer.fit(rank == 1 ? data.slice(0, 16) : data, ONE))
        .hasMessageContaining("worker 1 has data of 16 rows, and worker 0 data of 24 rows");
    assertRefused(
            (trainer, rank) -> trainer.fit(data, ONE.validation(rank == 1 ? other : data.take(8))))
        .hasMessageContaining("worker 1 has validation data of 24 rows");
    assertRefused((trainer, rank) -> trainer.fit(data, ONE.batchSize(2 + rank)))
        .hasMessageContaining("worker 1 has batches of 3 rows, and worker 0 batches of 2 rows");
    assertRefused((trainer, rank) -> trainer.fit(data, ONE.seed(rank)))
        .hasMessageContaining("worker 1 has rows in the order of seed 1");
  }

  private static final Fit ONE = Fit.epochs(1).batchSize(BATCH);

  private static AbstractThrowableAssert<?, ?> assertRefused(ObjIntConsumer<Trainer> program) {
    return assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker -> {
                          try (Trainer trainer = line().compile(lineRecipe().over(worker))) {
                            program.accept(trainer, worker.rank());
                          }
                        }))
        .isInstanceOf(WorkerException.class)
        .hasMessageStartingWith("a fit of Model \"line\": ");
  }

  @Test
  void data_withFewerBatchesThanWorkers_isRefused() {
    Dataset few =
        Dataset.builder().input("x", normal(1, 8, 3)).target("w", normal(2, 8, 1)).build();
    assertThatThrownBy(
            () ->
                Workers.threads(3)
                    .run(
                        w -> {
                          try (Trainer trainer = line().compile(lineRecipe().over(w))) {
                            trainer.fit(few, Fit.epochs(1).batchSize(BATCH));
                          }
                        }))
        .hasMessageContaining("has 2 batches an epoch, not one for each of 3 readers");
  }
}
