package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.preset.Presets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What rounds take, told before the first one. */
class RoundMemoryTest {

  private static final int BATCH = 8;

  private static Dataset points() {
    INDArray points = Nd4j.create(DataType.FLOAT, 64, 2);
    CounterRandom.of(1).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  private static List<Program> programs(AdversarialTrainer trainer) {
    List<Program> all = new ArrayList<>(trainer.steps().discriminator().programs());
    all.addAll(trainer.steps().generator().programs());
    trainer.steps().lazy().values().forEach(lazy -> all.addAll(lazy.trainer().programs()));
    return all;
  }

  @Test
  void memory_beforeTheFirstRound_isThatOfAllThatRoundsRun() {
    AdversarialTraining recipe =
        Presets.named("dcgan").forSamples(Shape.of(2)).batch(BATCH).seed(1);
    recipe =
        recipe
            .objective(recipe.objective().lazyPenalty(Penalties.r1(1), 2))
            .schedule(Alternation.alternating().accumulating(2))
            .average(WeightAverage.halfLife(100, Double.POSITIVE_INFINITY));
    try (AdversarialTrainer trainer = recipe.start(points())) {
      RoundMemory memory = trainer.prepare();
      List<Program> prepared = programs(trainer);
      trainer.train(4);

      assertThat(prepared).hasSize(3 + 3 + 3);
      assertThat(programs(trainer)).containsExactlyInAnyOrderElementsOf(prepared);
      assertThat(trainer.prepare()).isEqualTo(memory);
      assertThat(memory.discriminator().getAsLong() + memory.generator().getAsLong())
          .isEqualTo(prepared.stream().mapToLong(program -> program.bytes().getAsLong()).sum());
      assertThat(memory.batches())
          .isEqualTo(5L * BATCH * 2 * 4); // three batches, and two parts of a step
      long nets =
          4
              * (recipe.pair().generator().weights().stream()
                      .mapToLong(weight -> 2 * weight.shape().length()) // the average too
                      .sum()
                  + recipe.pair().discriminator().weights().stream()
                      .mapToLong(weight -> weight.shape().length())
                      .sum());
      assertThat(memory.weights()).isEqualTo(nets);
      assertThat(memory.total().getAsLong())
          .isEqualTo(
              memory.discriminator().getAsLong()
                  + memory.generator().getAsLong()
                  + memory.weights()
                  + memory.optimizers()
                  + memory.gradients()
                  + memory.batches());
    }
  }

  @Test
  void prepared_trainsToTheSameBits() {
    AdversarialTraining recipe =
        Presets.named("r3gan").forSamples(Shape.of(2)).batch(BATCH).seed(1);
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.prepare();
      trainer.train(2);
      INDArray sample = trainer.sample(8, 1);
      try (AdversarialTrainer other =
          Presets.named("r3gan").forSamples(Shape.of(2)).batch(BATCH).seed(1).start(points())) {
        other.train(2);
        assertThat(sample).isEqualTo(other.sample(8, 1));
      }
    }
  }
}
