package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.Counters;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.RunArrays;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of workers are those of one process that accumulates their batches: equal bits. */
@Timeout(300)
class WorkersRunTest {

  private static final int ROUNDS = 5;

  /** Parts of recipes whose state, numbers or steps are of a kind of their own. */
  private static final Set<String> PARTS =
      Set.of("lazy LeCam", "simultaneous", "fractions", "ADA", "burn-in", "BEGAN", "reused fakes");

  @TempDir Path directory;

  /** A run: all arrays, its counts, and the losses of its last round. */
  private record Run(Map<String, String> arrays, Counters counters, List<Double> losses) {

    static Run of(AdversarialTrainer trainer, int rounds) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        Round round = trainer.round();
        losses.add(round.discriminatorLoss());
        losses.add(round.generatorLoss());
        losses.addAll(round.discriminatorTerms().values());
      }
      return new Run(RunArrays.of(trainer), trainer.counters(), losses);
    }
  }

  /** Every preset, and parts. */
  static Stream<Arguments> recipes() {
    return ResumeTest.recipes().stream()
        .filter(one -> isPreset(one.get()[0]) || PARTS.contains(one.get()[0]));
  }

  private static boolean isPreset(Object title) {
    return Presets.all().stream().anyMatch(preset -> preset.name().equals(title));
  }

  private static AdversarialTraining recipe(
      Preset preset, UnaryOperator<AdversarialTraining> change) {
    return change.apply(preset.forSamples(Shape.of(2))).batch(6).seed(11);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void workers_leaveTheBitsOfOneProcessThatAccumulates(
      String title, Preset preset, UnaryOperator<AdversarialTraining> change) {
    requireLaw(preset, change, 2, 50);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  @Tag("heavy") // the same twice more
  void threeAndFourWorkers_leaveTheBitsOfOneProcessThatAccumulates(
      String title, Preset preset, UnaryOperator<AdversarialTraining> change) {
    requireLaw(preset, change, 3, 288); // an epoch leaves no rest
    requireLaw(preset, change, 4, 288);
  }

  private static void requireLaw(
      Preset preset, UnaryOperator<AdversarialTraining> change, int count, int points) {
    Dataset data = Samples.points(points);
    Run one;
    AdversarialTraining alone = recipe(preset, change);
    try (AdversarialTrainer trainer =
        Samples.start(alone.schedule(alone.schedule().accumulating(count)), data)) {
      one = Run.of(trainer, ROUNDS);
    }
    List<Run> all =
        Workers.threads(count)
            .call(
                worker -> {
                  try (AdversarialTrainer trainer =
                      Samples.start(recipe(preset, change).over(worker), data)) {
                    return Run.of(trainer, ROUNDS);
                  }
                });
    for (Run worker : all) {
      assertThat(worker.arrays()).isEqualTo(one.arrays());
      assertThat(worker.counters()).isEqualTo(one.counters());
      assertThat(worker.losses()).isEqualTo(all.get(0).losses());
    }
  }

  @Test
  void save_ofOneWorker_isThatOfAllAndGoesOnWithOthers() {
    Dataset data = Samples.points(50);
    Preset preset = Presets.named("sngan");
    UnaryOperator<AdversarialTraining> same = UnaryOperator.identity();
    List<Map<String, String>> whole =
        Workers.threads(4)
            .call(
                worker -> {
                  try (AdversarialTrainer trainer = recipe(preset, same).over(worker).start(data)) {
                    trainer.train(3);
                    if (worker.rank() == 3) {
                      trainer.save(directory);
                    }
                    trainer.train(3);
                    return RunArrays.of(trainer);
                  }
                });
    List<Map<String, String>> resumed =
        Workers.threads(4)
            .call(
                worker -> {
                  try (AdversarialTrainer trainer =
                      recipe(preset, same).over(worker).resume(data, directory)) {
                    trainer.train(3);
                    return RunArrays.of(trainer);
                  }
                });
    assertThat(resumed).containsOnly(whole.get(0));
    try (AdversarialTrainer trainer = recipe(preset, same).resume(data, directory)) {
      assertThat(trainer.counters().images()).isEqualTo(3 * 6 * 4 * stepsOf(preset));
      trainer.train(1);
    }
  }

  @Test
  void save_ofOtherWorkers_goesOnAndSaysWhatChanges() {
    Dataset data = Samples.points(50);
    UnaryOperator<AdversarialTraining> same = UnaryOperator.identity();
    AdversarialTraining two =
        recipe(Presets.named("dcgan"), same).schedule(Alternation.alternating().accumulating(2));
    Map<String, String> whole;
    try (AdversarialTrainer trainer = two.start(data)) {
      trainer.train(2);
      trainer.save(directory);
      trainer.train(2);
      whole = RunArrays.of(trainer);
    }
    List<AdversarialTrainer> others = new ArrayList<>();
    Workers.threads(2)
        .run(
            worker -> {
              AdversarialTraining recipe = recipe(Presets.named("dcgan"), same).over(worker);
              try (AdversarialTrainer trainer = recipe.resume(data, directory)) {
                trainer.train(2);
                assertThat(RunArrays.of(trainer)).isEqualTo(whole);
                assertThat(trainer.changes())
                    .extracting(Object::toString)
                    .contains("after round 2 workers was 1 and is 2");
                synchronized (others) {
                  others.add(trainer);
                }
              }
            });
    assertThat(others).hasSize(2);
    RunState saved = Checkpoint.runState(directory);
    assertThat(saved.number("workers")).isEqualTo(1);
    AdversarialTraining alone = recipe(Presets.named("dcgan"), same);
    assertThatThrownBy(() -> alone.resume(data, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("schedule.accumulation  2    1");
  }

  @Test
  void reusedFakes_ofFewerBatches_areRefusedByName() {
    Dataset data = Samples.points(50);
    AdversarialTraining reusing = recipe(recipe("reused fakes"));
    try (AdversarialTrainer trainer = reusing.start(data)) {
      trainer.train(1);
      trainer.save(directory);
    }
    assertThatThrownBy(() -> Workers.threads(2).run(w -> reusing.over(w).resume(data, directory)))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds the fakes of 1 batches")
        .hasMessageContaining("2 workers take 2")
        .hasMessageContaining("Nothing was loaded");
  }

  private static int stepsOf(Preset preset) {
    return preset.forSamples(Shape.of(2)).schedule().discriminatorStepsIn(0);
  }

  @Test
  void sequence_whoseLengthNobodyKnows_isDealtToWorkers() {
    Dataset rows = Samples.points(48); // eight batches
    SequenceSource data = SequenceSource.of(List.of(rows.slice(0, 20), rows.slice(20, 48)));
    AdversarialTraining alone = recipe(Presets.named("r3gan"), UnaryOperator.identity());
    Run one;
    try (AdversarialTrainer trainer =
        alone.schedule(alone.schedule().accumulating(4)).start(data)) {
      one = Run.of(trainer, ROUNDS);
    }
    List<Run> all =
        Workers.threads(4)
            .call(
                worker -> {
                  AdversarialTraining mine =
                      recipe(Presets.named("r3gan"), UnaryOperator.identity()).over(worker);
                  try (AdversarialTrainer trainer = mine.start(data)) {
                    return Run.of(trainer, ROUNDS);
                  }
                });
    assertThat(all).extracting(Run::arrays).containsOnly(one.arrays());
  }

  @Test
  void data_thatDiffers_isNamedBeforeTheFirstRound() {
    assertThatThrownBy(
            () ->
                Workers.threads(2)
                    .run(
                        worker ->
                            recipe(Presets.named("dcgan"), UnaryOperator.identity())
                                .over(worker)
                                .start(Samples.points(50 + worker.rank()))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("a training of ")
        .hasMessageContaining("worker 1 has data of 51 rows, and worker 0 data of 50 rows");
  }

  @Test
  void workers_withoutASeed_agreeOnOne() {
    Dataset data = Samples.points(50);
    List<Map<String, String>> all =
        Workers.threads(2)
            .call(
                worker -> {
                  AdversarialTraining recipe =
                      Presets.named("dcgan").forSamples(Shape.of(2)).batch(6).over(worker);
                  try (AdversarialTrainer trainer = recipe.start(data)) {
                    trainer.train(2);
                    return RunArrays.of(trainer);
                  }
                });
    assertThat(all).containsOnly(all.get(0));
  }

  /** Epochs have eight batches, or five in the second domain of a cycle, and steps take four. */
  @ParameterizedTest
  @ValueSource(strings = {"cyclegan", "reused fakes", "lazy LeCam"})
  void workersThatAccumulate_leaveTheBitsOfOneProcessThatAccumulatesAll(String title) {
    Object[] one = recipe(title);
    Map<Integer, List<Map<String, String>>> byCount = new TreeMap<>();
    for (int count : new int[] {1, 2, 4}) {
      byCount.put(
          count,
          Workers.threads(count)
              .call(
                  worker -> {
                    AdversarialTraining recipe = recipe(one).over(worker);
                    Alternation schedule = recipe.schedule().accumulating(4 / count);
                    try (AdversarialTrainer trainer =
                        Samples.start(recipe.schedule(schedule), Samples.points(50))) {
                      Map<String, String> arrays = Run.of(trainer, 3).arrays();
                      arrays.remove("position"); // before or behind what is left out of an epoch
                      return arrays;
                    }
                  }));
    }
    Map<String, String> alone = byCount.get(1).get(0);
    byCount.values().forEach(all -> assertThat(all).containsOnly(alone));
  }

  private static Object[] recipe(String title) {
    return ResumeTest.recipes().stream()
        .map(Arguments::get)
        .filter(one -> one[0].equals(title))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static AdversarialTraining recipe(Object[] titled) {
    return recipe((Preset) titled[1], (UnaryOperator<AdversarialTraining>) titled[2]);
  }
}
