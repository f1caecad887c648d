package dev.tandem.core.train;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataDigest;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.train.Programs.Use;
import dev.tandem.core.worker.Agreement;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One fit in progress. */
final class FitLoop {

  private Trainer trainer;
  private Stepper stepper;
  private final Fit how;
  private final List<Callback> callbacks;

  FitLoop(Trainer trainer, Fit how) {
    this.trainer = trainer;
    this.stepper = trainer.stepper();
    this.how = how;
    this.callbacks = how.callbacks();
  }

  History run(DataSource given) {
    ThreadGuard first = stepper.guard();
    first.enter();
    try {
      return runAlone(given);
    } finally {
      first.leave();
    }
  }

  private History runAlone(DataSource given) {
    stepper.requireOpen();
    Workers workers = trainer.recipe().workers();
    Batching batching = how.batching(trainer.seed()).dealt(workers.rank(), workers.count());
    FedData data = FedData.of(stepper, trained(given));
    FedData judged = judged(given);
    Reported.check(trainer.model(), trainer.heads(), judged != null);
    requireRepeatable(data.source(), "data");
    data.examine();
    if (judged != null) {
      requireRepeatable(judged.source(), "validation data");
      judged.examine();
    }
    ClassWeights weights = ClassWeights.of(stepper.ports(), how.classWeights());
    data = data.weighted(weights);
    requireAgreement(workers, batching, data, judged);
    data.requireFitting(batching, Use.GRADIENTS);
    if (judged != null) {
      judged.requireFitting(Batching.of(batching.size()), Use.TEST);
    }
    int end = Math.max(how.epochs(), how.from().epoch() + 1);
    return run(
        data, weights, data.source().batches(batching, how.from(), end).prefetched(), judged);
  }

  /** Looks whether all workers deal batches of the same rows, and judge by the same. */
  private void requireAgreement(
      Workers workers, Batching batching, FedData data, @Nullable FedData judged) {
    if (workers.count() == 1) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add("batches of " + batching.size() + " rows");
    lines.add(
        batching.shuffleSeed().isPresent()
            ? "rows in the order of seed " + batching.shuffleSeed().getAsLong()
            : "rows in their own order");
    lines.add("the rest of an epoch " + (batching.dropRemainder() ? "left out" : "kept"));
    lines.add("epochs from " + how.from() + " to " + how.epochs());
    lines.add("class weights " + new TreeMap<>(how.classWeights()));
    lines.addAll(DataDigest.lines("data", data.source()));
    if (judged != null) {
      lines.addAll(DataDigest.lines("validation data", judged.source()));
    }
    Agreement.require(workers, "a fit of " + trainer.model(), lines);
  }

  private DataSource trained(DataSource given) {
    return how.validationSplit() > 0 ? rows(given).slice(0, held(rows(given))) : given;
  }

  private @Nullable FedData judged(DataSource given) {
    DataSource judged = how.validation();
    if (judged == null && how.validationSplit() > 0) {
      judged = rows(given).slice(held(rows(given)), rows(given).size());
    }
    return judged == null ? null : FedData.of(stepper, judged);
  }

  /** Where the rows begin that are held out. */
  private int held(RowSource data) {
    return Dataset.splitAt(data.size(), 1 - how.validationSplit());
  }

  private static RowSource rows(DataSource given) {
    if (given instanceof RowSource rows) {
      return rows;
    }
    throw new IllegalArgumentException(
        "a validation split holds the last rows out, and the "
            + given.name()
            + " has no number of rows; give other data by Fit.validation");
  }

  private void requireRepeatable(DataSource data, String what) {
    int passes = how.epochs() - how.from().epoch();
    if (passes > 1 && data instanceof SequenceSource once && once.isOnce()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " can be read once, and "
              + passes
              + " epochs read it "
              + passes
              + " times; give an Iterable or a supplier of streams to SequenceSource, or fit for"
              + " one epoch");
    }
  }

  private History run(
      FedData data, ClassWeights weights, BatchIterator batches, @Nullable FedData judged) {
    History history = new History(how.from().epoch(), trainer);
    FitProgress progress =
        new FitProgress(
            trainer,
            history,
            Reported.names(trainer.heads(), judged != null),
            how.epochs(),
            batches.batchesPerEpoch().orElse(0),
            how.from());
    try (batches) {
      callbacks.forEach(callback -> callback.onStart(progress));
      goOnWith(progress.trainer());
      for (int i = how.from().epoch(); i < how.epochs() && !progress.isStopped(); i++) {
        progress.enter(i);
        history.add(epoch(data, weights, batches, judged, progress));
        callbacks.forEach(callback -> callback.onEpoch(progress));
        goOnWith(progress.trainer());
      }
      callbacks.forEach(callback -> callback.onEnd(progress));
      return history;
    } catch (RuntimeException e) {
      callbacks.forEach(callback -> tell(callback, progress, e));
      throw e;
    }
  }

  /** A callback may have let more move. */
  private void goOnWith(Trainer next) {
    trainer = next;
    stepper = next.stepper();
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
      FedData data,
      ClassWeights weights,
      BatchIterator batches,
      @Nullable FedData judged,
      FitProgress progress) {
    RunningMetrics judges = new RunningMetrics(trainer.heads(), stepper.ports());
    while (batches.position().epoch() == progress.epoch()) {
      Batch batch = batches.next();
      Examples examples = data.examples(batch);
      if (!weights.isEmpty()) {
        judges.weighBy(weights.given(batch));
      }
      StepResult result = stepper.anew(examples, data.rows(batch), judges);
      BatchPosition before = progress.position();
      stepper.ahead().undo(() -> progress.advance(before));
      progress.advance(batches.position());
      for (Callback callback : callbacks) {
        callback.onStep(progress, result);
      }
    }
    weights.warn();
    stepper.meet();
    Map<String, Double> report =
        new LinkedHashMap<>(stepper.means(judges.results(), judges.samples()));
    if (judged != null) {
      Evaluation.of(trainer, judged, how.batching(0).size())
          .forEach((name, value) -> report.put("val_" + name, value));
    }
    return report;
  }
}
