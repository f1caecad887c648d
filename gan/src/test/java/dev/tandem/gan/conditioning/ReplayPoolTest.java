package dev.tandem.gan.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What goes into a pool of numbers comes out of it once, at some time. */
class ReplayPoolTest {

  private final ReplayPool pool;
  private final Input input = Input.of("x", 1);

  ReplayPoolTest() {
    pool = new ReplayPool("pool", 6);
  }

  /** A trainer whose loss is the mean of what comes out of the pool. */
  private Trainer trainer(ReplayPool of, Engine engine) {
    Model model = Model.of("step", input, Tensors.mean(of.apply(input)));
    return model.compile(
        Training.with(Sgd.rate(1)).loss(Losses.output()).engine(engine).only(of).seed(5));
  }

  private static Examples numbers(int from, int count) {
    INDArray column = Nd4j.arange(from, from + count).castTo(DataType.FLOAT);
    return Examples.of(column.reshape(count, 1));
  }

  private static double[] kept(ReplayPool of) {
    return of.weight("samples").values().toDoubleVector();
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void pool_beforeItIsFull_keepsAllAndLetsThemThrough(Engine engine) {
    try (Trainer trainer = trainer(pool, engine)) {
      assertThat(trainer.trainOnBatch(numbers(1, 4)).loss()).isEqualTo(2.5);
      assertThat(kept(pool)).containsExactly(1, 2, 3, 4, 0, 0);
      assertThat(trainer.trainOnBatch(numbers(5, 4)).loss()).isEqualTo(6.5);
      assertThat(kept(pool)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(pool.weight("filled").values().getDouble(0)).isEqualTo(6);
    }
  }

  @Test
  void fullPool_ofOneByOne_exchangesHalfOfThem() {
    try (Trainer trainer = trainer(pool, new PlanEngine())) {
      trainer.trainOnBatch(numbers(1, 6));
      int exchanged = 0;
      int[] places = new int[6];
      for (int i = 0; i < 400; i++) {
        int number = 7 + i;
        double[] before = kept(pool);
        double out = trainer.trainOnBatch(numbers(number, 1)).loss();
        double[] after = kept(pool);
        if (out == number) {
          assertThat(after).containsExactly(before);
        } else {
          int place = Arrays.stream(before).boxed().toList().indexOf(out);
          assertThat(place).isNotNegative();
          before[place] = number;
          assertThat(after).containsExactly(before);
          places[place]++;
          exchanged++;
        }
      }
      assertThat(exchanged).isBetween(160, 240); // 200 ± 4 standard deviations
      assertThat(Arrays.stream(places).boxed())
          .allSatisfy(count -> assertThat(count).isBetween(10, 60));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.EveryEngine#all")
  void fullPool_ofBatches_losesAndDoublesNothing(Engine engine) {
    try (Trainer trainer = trainer(pool, engine)) {
      trainer.trainOnBatch(numbers(1, 6));
      int changes = 0;
      for (int i = 0; i < 30; i++) {
        double[] before = kept(pool);
        double out = trainer.trainOnBatch(numbers(7 + 4 * i, 4)).loss() * 4;
        double[] after = kept(pool);
        double in = 4 * (7 + 4 * i) + 6;
        assertThat(out + Arrays.stream(after).sum())
            .isCloseTo(in + Arrays.stream(before).sum(), within(1e-3));
        assertThat(Arrays.stream(after).distinct().count()).isEqualTo(6);
        for (int k = 0; k < 6; k++) {
          changes += after[k] == before[k] ? 0 : 1;
        }
      }
      assertThat(changes).isBetween(40, 80);
    }
  }

  @Test
  void batchLargerThanThePool_takesPartInPart() {
    ReplayPool small = new ReplayPool("small", 2);
    try (Trainer trainer = trainer(small, new PlanEngine())) {
      assertThat(trainer.trainOnBatch(numbers(1, 5)).loss()).isEqualTo(3);
      assertThat(kept(small)).containsExactly(1, 2);
      for (int i = 0; i < 20; i++) {
        trainer.trainOnBatch(numbers(10, 5));
        assertThat(kept(small)).doesNotContain(0, 12, 13, 14);
      }
      assertThat(kept(small)).doesNotContain(1, 2);
    }
  }

  @Test
  void pool_outsideOfTraining_letsAllThrough() {
    try (Trainer trainer = trainer(pool, new PlanEngine())) {
      trainer.trainOnBatch(numbers(1, 6));
      for (int i = 0; i < 10; i++) {
        assertThat(trainer.testOnBatch(numbers(100, 2)).loss()).isEqualTo(100.5);
      }
      assertThat(kept(pool)).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }
}
