package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.VariableGroup;
import dev.tandem.core.train.AveragedModel;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.StepsAhead;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.WorkersAverage;
import dev.tandem.gan.step.LazyPenalty;
import dev.tandem.gan.step.ScheduledScalar;
import dev.tandem.gan.step.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Makes the rounds of a schedule and counts what was done. */
final class Rounds implements AutoCloseable {

  private final AdversarialTraining recipe;
  private final Steps steps;
  private final RealBatches batches;
  private final @Nullable AveragedModel average;
  private final WeightClip clip;
  private final ImmutableList<ScheduledScalar> scalars;
  private final VariableGroup weights;
  private final long bytes;
  private final StepsAhead ahead;
  private final @Nullable WorkersAverage ofWorkers;

  /** The last report of each lazy penalty, by its interval. */
  private final Map<Integer, StepReport> lazy = new TreeMap<>();

  private Counters counters = Counters.START;

  Rounds(
      AdversarialTraining recipe,
      Steps steps,
      RealBatches batches,
      @Nullable AveragedModel average) {
    this.recipe = recipe;
    this.steps = steps;
    this.batches = batches;
    this.average = average;
    this.clip =
        new WeightClip(
            recipe.pair().discriminator(), steps.discriminator(), recipe.objective().clip());
    this.ahead = steps.discriminator().ahead();
    this.scalars = steps.scheduledScalars();
    this.ofWorkers =
        recipe.workers().count() > 1 && recipe.exchange().isAveraging()
            ? ofWorkers(recipe, steps, average)
            : null;
    List<Variable> all = variables(steps, average);
    this.weights = VariableGroup.of(all);
    this.bytes =
        all.stream()
            .mapToLong(one -> one.spec().shape().length() * one.spec().dtype().width())
            .sum();
  }

  private static WorkersAverage ofWorkers(
      AdversarialTraining recipe, Steps steps, @Nullable AveragedModel average) {
    List<Trainer> trainers = new ArrayList<>(List.of(steps.discriminator(), steps.generator()));
    steps.lazy().values().forEach(penalty -> trainers.add(penalty.trainer()));
    return WorkersAverage.of(
        recipe.workers(), trainers, average == null ? List.of() : List.of(average.model()));
  }

  private static List<Variable> variables(Steps steps, @Nullable AveragedModel average) {
    List<Model> models = new ArrayList<>();
    models.add(steps.discriminator().model());
    models.add(steps.generator().model());
    steps.lazy().values().forEach(penalty -> models.add(penalty.trainer().model()));
    if (average != null) {
      models.add(average.model());
    }
    return models.stream()
        .flatMap(model -> model.weights().stream())
        .map(Weight::variable)
        .distinct()
        .toList();
  }

  /** What all weights take that rounds read or write. */
  long bytes() {
    return bytes;
  }

  /** The counts of what was done so far. */
  Counters counters() {
    return counters;
  }

  /** Goes on from other counts and another place in the data. */
  void goOn(Counters done, BatchPosition next) {
    counters = done;
    lazy.clear();
    batches.moveTo(next);
  }

  /** One round of the schedule, with no step of other threads on the same weights in it. */
  Round next() {
    Lock held = weights.write();
    ahead.enter();
    try {
      return nextAlone();
    } finally {
      ahead.leave();
      held.unlock();
    }
  }

  private Round nextAlone() {
    Alternation schedule = recipe.schedule();
    int ofDiscriminator = schedule.discriminatorStepsIn(counters.rounds());
    int ofGenerator = schedule.generatorStepsIn(counters.rounds());
    StepReport ofD = StepReport.NONE;
    StepReport ofG = StepReport.NONE;
    int done = 0;
    for (int i = 0; i < ofDiscriminator; i++) {
      advanceScalars();
      ofD = gradients(steps.discriminator(), true);
      if (schedule.simultaneous() && i == ofDiscriminator - 1 && ofGenerator > 0) {
        ofG = gradients(steps.generator(), false);
        ofD = updateDiscriminator(ofD);
        ofG = updateGenerator(ofG);
        done = 1;
      } else {
        ofD = updateDiscriminator(ofD);
      }
      takeLazyPenalties();
    }
    for (int part = 0; ofDiscriminator == 0 && part < schedule.accumulation(); part++) {
      readBatch(part);
    }
    for (int i = done; i < ofGenerator; i++) {
      ofG = updateGenerator(gradients(steps.generator(), false));
    }
    count(counters.round());
    if (ofWorkers != null && recipe.exchange().isTogetherAfter(counters.rounds())) {
      ahead.settle();
      List<StepResult> mine = new ArrayList<>(ofD.parts());
      mine.addAll(ofG.parts());
      ImmutableList<StepResult> means = ofWorkers.take(mine);
      int ofFirst = ofD.parts().size();
      ofD = new StepReport(means.subList(0, ofFirst));
      ofG = new StepReport(means.subList(ofFirst, means.size()));
    }
    return new Round(counters.rounds(), ofD, ofG, ImmutableList.copyOf(lazy.values()));
  }

  /** Counts what was done; it is taken back if a step of it turns out to have failed. */
  private void count(Counters next) {
    Counters before = counters;
    counters = next;
    ahead.undo(() -> counters = before);
  }

  /** The gradients of one step; what its batches report. */
  private StepReport gradients(Trainer trainer, boolean onNewSamples) {
    int parts = recipe.schedule().accumulation();
    ImmutableList.Builder<StepResult> results = ImmutableList.builderWithExpectedSize(parts);
    trainer.dropGradients(); // such as a callback looked at
    for (int part = 0; part < parts; part++) {
      if (onNewSamples) {
        readBatch(part);
      }
      results.add(trainer.gradients(batches.examples(trainer, part)));
    }
    return new StepReport(results.build());
  }

  private void readBatch(int part) {
    if (ahead.isAhead()) {
      BatchPosition before = batches.position();
      ahead.undo(() -> batches.moveTo(before));
    }
    batches.next(part);
  }

  /** Moves the discriminator; gives what the step reports, which with workers are their means. */
  private StepReport updateDiscriminator(StepReport mine) {
    StepResult result = steps.discriminator().update();
    clip.apply();
    count(counters.discriminatorStep(samplesOfAStep()));
    return ofAll(result, mine);
  }

  private StepReport ofAll(StepResult ofLastPart, StepReport mine) {
    boolean means = recipe.workers().count() > 1 && recipe.exchange().isEveryStep();
    return means ? new StepReport(ImmutableList.of(ofLastPart)) : mine;
  }

  private void advanceScalars() {
    if (scalars.isEmpty()) {
      return;
    }
    long step = counters.discriminatorSteps();
    scalars.forEach(scalar -> scalar.advanceTo(step));
    ahead.undo(() -> scalars.forEach(scalar -> scalar.advanceTo(Math.max(0, step - 1))));
  }

  private int samplesOfAStep() {
    int inABatch = recipe.batch() * recipe.pair().packing() * recipe.pair().directions().size();
    return inABatch * recipe.batchesOfAStep();
  }

  private StepReport updateGenerator(StepReport mine) {
    StepResult result = steps.generator().update();
    count(counters.generatorStep());
    if (average != null) {
      WeightAverage how = recipe.average().orElseThrow();
      average.follow(how.decay(counters.generatorSteps(), counters.images(), samplesOfAStep()));
    }
    return ofAll(result, mine);
  }

  /** Gives back what runs besides the steps. */
  @Override
  public void close() {
    clip.close();
    if (average != null) {
      average.close();
    }
  }

  private void takeLazyPenalties() {
    for (Map.Entry<Integer, LazyPenalty> due : steps.lazy().entrySet()) {
      if (counters.discriminatorSteps() % due.getKey() == 0) {
        Trainer trainer = due.getValue().trainer();
        List<Examples> examples = new ArrayList<>();
        for (int part = 0; part < recipe.schedule().accumulation(); part++) {
          examples.add(batches.examples(trainer, part));
        }
        ImmutableList<StepResult> results = due.getValue().trainOnBatches(examples);
        StepReport before = lazy.put(due.getKey(), new StepReport(results));
        ahead.undo(() -> goBackTo(due.getKey(), before));
        clip.apply();
        count(counters.penaltyStep());
      }
    }
  }

  private void goBackTo(int interval, @Nullable StepReport before) {
    if (before == null) {
      lazy.remove(interval);
    } else {
      lazy.put(interval, before);
    }
  }
}
