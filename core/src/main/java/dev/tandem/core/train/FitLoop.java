package dev.tandem.core.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.train.Programs.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One fit in progress. */
final class FitLoop {

  private final Trainer trainer;
  private final Stepper stepper;
  private final Fit how;
  private final List<Callback> callbacks;

  FitLoop(Trainer trainer, Fit how) {
    this.trainer = trainer;
    this.stepper = trainer.stepper();
    this.how = how;
    this.callbacks = how.callbacks();
  }

  History run(Dataset given) {
    stepper.guard().enter();
    try {
      return runAlone(given);
    } finally {
      stepper.guard().leave();
    }
  }

  private History runAlone(Dataset given) {
    stepper.requireOpen();
    Dataset data = Matching.of(stepper.ports(), given);
    Dataset judged = how.validation();
    if (judged != null) {
      judged = Matching.of(stepper.ports(), judged);
    } else if (how.validationSplit() > 0) {
      Dataset.Split split = data.split(1 - how.validationSplit());
      data = split.first();
      judged = split.rest();
    }
    Reported.check(trainer.model(), trainer.heads(), judged != null);
    examine(data);
    if (judged != null) {
      examine(judged);
    }
    Dataset weighted = ClassWeights.apply(stepper.ports(), data, how.classWeights());
    stepper.requireFitting(weighted, how.batching(trainer.seed()).size(), Use.GRADIENTS);
    if (judged != null) {
      stepper.requireFitting(judged, how.batching(trainer.seed()).size(), Use.TEST);
    }
    return run(
        weighted.endlessBatches(how.batching(trainer.seed()), how.from()).prefetched(), judged);
  }

  private void examine(Dataset data) {
    stepper.examine(
        port ->
            port == null
                ? null
                : switch (port.kind()) {
                  case INPUT -> data.inputs().get(port.name());
                  case TARGET -> data.targets().get(port.name());
                  case WEIGHTS -> data.targets().get(Examples.WEIGHTS + port.name());
                });
  }

  private History run(BatchIterator batches, @Nullable Dataset judged) {
    History history = new History();
    FitProgress progress =
        new FitProgress(
            trainer, history, how.epochs(), batches.batchesPerEpoch().orElseThrow(), how.from());
    try (batches) {
      callbacks.forEach(callback -> callback.onStart(progress));
      for (int i = how.from().epoch(); i < how.epochs() && !progress.isStopped(); i++) {
        progress.enter(i);
        history.add(epoch(batches, judged, progress));
        callbacks.forEach(callback -> callback.onEpoch(progress));
      }
      callbacks.forEach(callback -> callback.onEnd(progress));
      return history;
    } catch (RuntimeException e) {
      callbacks.forEach(callback -> tell(callback, progress, e));
      throw e;
    }
  }

  /** Each hears of the error, also if another one fails at that. */
  private static void tell(Callback callback, FitProgress progress, RuntimeException error) {
    try {
      callback.onError(progress, error);
    } catch (RuntimeException e) {
      if (e != error) {
        error.addSuppressed(e);
      }
    }
  }

  private Map<String, Double> epoch(
      BatchIterator batches, @Nullable Dataset judged, FitProgress progress) {
    RunningMetrics judges = new RunningMetrics(trainer.heads(), stepper.ports());
    while (batches.position().epoch() == progress.epoch()) {
      Batch batch = batches.next();
      if (!how.classWeights().isEmpty()) {
        judges.weighBy(batch.targets().get(ClassWeights.GIVEN));
      }
      StepResult result = stepper.anew(Examples.of(batch), judges);
      progress.advance(batches.position());
      for (Callback callback : callbacks) {
        callback.onStep(progress, result);
      }
    }
    Map<String, Double> report = new LinkedHashMap<>(judges.results());
    if (judged != null) {
      Evaluation.of(trainer, judged, how.batching(0).size())
          .forEach((name, value) -> report.put("val_" + name, value));
    }
    return report;
  }
}
