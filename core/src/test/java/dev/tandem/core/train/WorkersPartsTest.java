package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.EveryEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.worker.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Workers with several batches a step against one process that accumulates all of them: equal bits,
 * also of what a layer hands on from step to step.
 */
@Timeout(120)
class WorkersPartsTest {

  private static final int STEPS = 4;

  /** Batches of a step, over all workers. */
  private static final int PARTS = 4;

  @TempDir Path directory;

  /** Adds the batch before to each batch, and hands this one on. */
  private static final class Echo extends Layer {

    private @Nullable Weight last;

    Echo() {
      super("echo");
    }

    @Override
    protected void build(List<TensorSpec> inputs) {
      TensorSpec x = inputs.get(0);
      last = memory("last", x.shape().sample(), x.dtype(), Initializers.zeros());
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return List.of(inputs.get(0));
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      Ops ops = forward.ops();
      Value x = inputs.get(0);
      Weight kept = Objects.requireNonNull(last);
      Value before = forward.weight(kept);
      forward.update(kept, ops.stopGradient(ops.mean(x, false, 0)));
      return List.of(ops.add(x, before));
    }
  }

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 3),
        Dense.units(5).named("d"),
        BatchNormalization.of().momentum(0.8).named("norm"),
        new Echo(),
        Dropout.rate(0.3),
        Dense.units(1).named("y"));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine).seed(5);
  }

  /** Batches of different sizes, as at the end of an epoch. */
  private static Examples batch(int number) {
    int size = number % 3 == 0 ? 5 : 4;
    return Examples.of(normal(number, size, 3), normal(number + 1000, size, 1));
  }

  /** What a run leaves. */
  private record Run(
      Map<String, double[]> weights, Map<String, INDArray> others, List<Double> losses) {

    /**
     * Makes steps.
     *
     * @param count of workers
     */
    static Run of(Trainer trainer, int rank, int count, int from, int to) {
      List<Double> losses = new ArrayList<>();
      for (int step = from; step < to; step++) {
        for (int part = rank; part < PARTS; part += count) {
          trainer.gradients(batch(step * PARTS + part));
        }
        losses.add(trainer.update().loss());
      }
      return of(trainer, losses);
    }

    static Run of(Trainer trainer, List<Double> losses) {
      Map<String, INDArray> others = new TreeMap<>();
      trainer.state().slots().forEach((name, slot) -> others.put(name, slot.values()));
      trainer
          .model()
          .weightsByPath()
          .forEach(
              (path, weight) -> {
                for (int part = 0; part < weight.parts(); part++) {
                  others.put(path + " of part " + part, weight.part(part).values());
                }
              });
      return new Run(values(trainer.model()), others, losses);
    }
  }

  private static void assertSame(Run actual, Run expected) {
    assertClose(actual.weights(), expected.weights(), 0);
    assertThat(actual.others()).isEqualTo(expected.others());
  }

  private static Run alone(Engine engine) {
    try (Trainer trainer = net().compile(recipe(engine))) {
      return Run.of(trainer, 0, 1, 0, STEPS);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.core.EveryEngine#all")
  void workersOfSeveralBatches_leaveTheBitsOfOneThatAccumulatesAll(Engine engine) {
    Run one = alone(engine);
    assertThat(one.others()).containsKey("echo/last of part 3");
    for (int count : new int[] {2, 4}) {
      List<Run> all =
          Workers.threads(count)
              .call(
                  worker -> {
                    try (Trainer trainer = net().compile(recipe(engine).over(worker))) {
                      return Run.of(trainer, worker.rank(), count, 0, STEPS);
                    }
                  });
      for (Run worker : all) {
        assertSame(worker, one);
        assertThat(worker.losses()).isEqualTo(all.get(0).losses());
      }
    }
  }

  @Test
  void lossOfAStep_isTheMeanOverAllItsSamples() {
    double sum = 0;
    int samples = 0;
    for (int part = 0; part < PARTS; part++) {
      try (Trainer trainer = line()) {
        Examples examples = batch(part);
        int size = part % 3 == 0 ? 5 : 4;
        sum += size * trainer.testOnBatch(examples).loss();
        samples += size;
      }
    }
    double expected = sum / samples;
    Workers.threads(2)
        .run(
            worker -> {
              Training recipe = Training.with(Adam.rate(1)).loss(Losses.meanSquaredError());
              Model model = Model.sequential("line", Input.of("x", 3), Dense.units(1).named("w"));
              try (Trainer trainer = model.compile(recipe.seed(1).over(worker))) {
                trainer.gradients(batch(worker.rank()));
                trainer.gradients(batch(2 + worker.rank()));
                assertThat(trainer.update().loss()).isCloseTo(expected, within(1e-6));
              }
            });
  }

  private static Trainer line() {
    return Model.sequential("line", Input.of("x", 3), Dense.units(1).named("w"))
        .compile(Training.with(Adam.rate(1)).loss(Losses.meanSquaredError()).seed(1));
  }

  @Test
  void save_ofOneWorker_goesOnInOneProcessThatAccumulatesAll() {
    Engine engine = EveryEngine.all().findFirst().orElseThrow();
    Run whole = alone(engine);
    Workers.threads(2)
        .run(
            worker -> {
              try (Trainer trainer = net().compile(recipe(engine).over(worker))) {
                Run.of(trainer, worker.rank(), 2, 0, 2);
                if (worker.rank() == 1) {
                  Checkpoint.of(trainer).save(directory);
                }
              }
            });
    try (Trainer trainer = net().compile(recipe(engine))) {
      Checkpoint.of(trainer).restore(directory);
      assertSame(Run.of(trainer, 0, 1, 2, STEPS), whole);
    }
  }
}
