package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.engine.Plan;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What steps take, by what was compiled. */
class StepMemoryTest {

  private static final Training ADAM =
      Training.with(Adam.rate(1e-3)).loss(Losses.meanSquaredError()).seed(1);

  private static long bytes(Stream<Weight> weights) {
    return weights.mapToLong(weight -> 4 * weight.shape().length()).sum();
  }

  private static StepMemory after(Model model, int batch) {
    try (Trainer trainer = model.compile(ADAM)) {
      trainer.prepare(batch, 1);
      return trainer.memory();
    }
  }

  @Test
  void memory_ofPreparedSteps_isThatOfStepsThatRan() {
    Model model = Toys.convNet();
    List<Weight> parameters = model.weights().stream().filter(Weight::isParameter).toList();
    try (Trainer trainer = model.compile(ADAM);
        Trainer ran = Toys.convNet().compile(ADAM)) {
      assertThat(trainer.memory().programs()).hasValue(0);

      trainer.prepare(4, 1);
      List<Program> prepared = trainer.programs();
      StepMemory memory = trainer.memory();
      trainer.trainOnBatch(normal(1, 4, 6, 6, 2), normal(2, 4, 3));
      ran.trainOnBatch(normal(1, 4, 6, 6, 2), normal(2, 4, 3));

      assertThat(trainer.programs()).hasSize(2).isEqualTo(prepared);
      assertThat(memory).isEqualTo(trainer.memory()).isEqualTo(ran.memory());
      assertThat(memory.slots()).isEqualTo(2 * bytes(parameters.stream()));
      assertThat(memory.gradients()).isEqualTo(bytes(model.weights().stream()));
      long arenas = prepared.stream().mapToLong(p -> ((Plan) p).describe().arenaBytes()).sum();
      assertThat(memory.programs().getAsLong())
          .isGreaterThan(arenas)
          .isEqualTo(prepared.stream().mapToLong(p -> p.bytes().getAsLong()).sum());
      ran.model()
          .weightsByPath()
          .forEach(
              (path, weight) ->
                  assertThat(model.weightsByPath().get(path).values()).isEqualTo(weight.values()));
    }
  }

  @Test
  void memory_ofLargerBatches_growsWithThemButForWeights() {
    StepMemory small = after(Toys.convNet(), 64);
    StepMemory large = after(Toys.convNet(), 256);
    assertThat((double) large.programs().getAsLong() / small.programs().getAsLong())
        .isBetween(2.5, 4.5);
    assertThat(large.slots()).isEqualTo(small.slots());
  }

  @Test
  void prepared_overSeveralBatches_hasAProgramForMoreGradients() {
    try (Trainer trainer = Toys.convNet().compile(ADAM)) {
      trainer.prepare(4, 3);
      List<Program> prepared = trainer.programs();
      for (int part = 0; part < 3; part++) {
        trainer.gradients(Examples.of(normal(1, 4, 6, 6, 2), normal(2, 4, 3)));
      }
      trainer.update();
      assertThat(trainer.programs()).hasSize(3).containsExactlyInAnyOrderElementsOf(prepared);
      assertThatIllegalArgumentException().isThrownBy(() -> trainer.prepare(0, 1));
    }
  }

  @Test
  void memory_ofAnEngineThatDoesNotKnow_isEmpty() {
    try (Trainer trainer = Toys.convNet().compile(ADAM.engine(new SameDiffEngine()))) {
      trainer.prepare(4, 1);
      assertThat(trainer.memory().programs()).isEqualTo(OptionalLong.empty());
      assertThat(trainer.memory().slots()).isPositive();
    }
  }
}
