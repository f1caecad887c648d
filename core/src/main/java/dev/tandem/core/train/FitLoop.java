package dev.tandem.core.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Dataset;
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
    examine(data);
    if (judged != null) {
      examine(judged);
    }
    Dataset weighted = ClassWeights.apply(stepper.ports(), data, how.classWeights());
    return run(weighted.endlessBatches(how.batching(), how.from()).prefetched(), judged);
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
        new FitProgress(trainer, history, how.epochs(), batches.batchesPerEpoch(), how.from());
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
      callbacks.forEach(callback -> callback.onError(progress, e));
      throw e;
    }
  }

  private Map<String, Double> epoch(
      BatchIterator batches, @Nullable Dataset judged, FitProgress progress) {
    Judges judges = new Judges(trainer.heads(), stepper.ports());
    while (batches.position().epoch() == progress.epoch()) {
      Batch batch = batches.next();
      StepResult result = stepper.gradients(stepper.check(Examples.of(batch)), judges);
      stepper.update();
      progress.advance(batches.position());
      for (Callback callback : callbacks) {
        callback.onStep(progress, result);
      }
    }
    Map<String, Double> report = new LinkedHashMap<>(judges.results());
    if (judged != null) {
      Evaluation.of(trainer, judged, how.batching().size())
          .forEach((name, value) -> report.put("val_" + name, value));
    }
    return report;
  }
}
