package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import java.util.Arrays;

/** The progress of a fit, for callbacks; they may stop it. */
public final class FitProgress {

  private Trainer trainer;
  private final History history;
  private final ImmutableSet<String> reported;
  private final int epochs;
  private final int stepsPerEpoch;
  private BatchPosition position;
  private int epoch;
  private String stopReason = "";

  FitProgress(
      Trainer trainer,
      History history,
      ImmutableSet<String> reported,
      int epochs,
      int stepsPerEpoch,
      BatchPosition position) {
    this.trainer = trainer;
    this.history = history;
    this.reported = reported;
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.position = position;
    this.epoch = position.epoch();
  }

  /** The trainer; another one after {@link #unfreeze}. */
  public Trainer trainer() {
    return trainer;
  }

  /**
   * Goes on with a trainer that moves these layers and models too, from the next step on: what
   * {@link Trainer#recompile(Training)} gives, with the optimizer state of what moved until now.
   * The trainer so far is closed; {@link History#trainer()} is the one that went on. For callbacks,
   * after an epoch or before the first step.
   *
   * @throws IllegalArgumentException if there is nothing in them that flags let move, or that did
   *     not move before; nothing is changed
   */
  public void unfreeze(Operation... parts) {
    Selection more = Selection.only(parts);
    more.requirePartsOf(trainer.model());
    ImmutableSet<Weight> now =
        ImmutableSet.<Weight>builder()
            .addAll(trainer.moves())
            .addAll(trainer.snapshot().selectedState())
            .build();
    Training next =
        trainer.recipe().reselecting(weight -> now.contains(weight) || more.accepts(weight));
    Snapshot snapshot =
        Snapshot.of(trainer.model(), next.selection(), trainer.recipe().inferenceParts());
    if (trainer.moves().containsAll(snapshot.moved())) {
      throw new IllegalArgumentException(
          "unfreezing "
              + Arrays.stream(parts).map(Operation::label).toList()
              + " lets nothing move in "
              + trainer.model()
              + " that did not move before: it moved already, or flags hold it; setTrainable(true)"
              + " lets it");
    }
    trainer = trainer.recompile(next);
    history.goesOnWith(trainer);
  }

  /** The reports so far. */
  public History history() {
    return history;
  }

  /** The names of the numbers that each epoch reports, known before the first one. */
  public ImmutableSet<String> reported() {
    return reported;
  }

  /**
   * Refuses a number that no epoch will report, for callbacks that watch one: before the first
   * epoch instead of after it.
   *
   * @throws IllegalArgumentException if it is none of {@link #reported()}; names these
   */
  public void requireReported(String watcher, String name) {
    if (!reported.contains(name)) {
      String missing =
          name.startsWith("val_") && reported.contains(name.substring("val_".length()))
              ? "; give the fit validation data"
              : "";
      throw new IllegalArgumentException(
          watcher
              + " watches \""
              + name
              + "\", which is not reported; there are "
              + reported
              + missing);
    }
  }

  /** The number of epochs asked for. */
  public int epochs() {
    return epochs;
  }

  /** The number of steps of an epoch; 0 if it is not known before one was made. */
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** The epoch, counted from 0: the one that has just ended, after an epoch. */
  public int epoch() {
    return epoch;
  }

  /** The batch that comes next: where {@link Fit#from} goes on. */
  public BatchPosition position() {
    return position;
  }

  /** Ends the fit after this epoch. */
  public void stop(String reason) {
    if (reason.isEmpty()) {
      throw new IllegalArgumentException("a fit is stopped for a reason; it was empty");
    }
    stopReason = reason;
  }

  /** Whether a callback has ended the fit. */
  public boolean isStopped() {
    return !stopReason.isEmpty();
  }

  /** Why a callback has ended the fit; empty if none has. */
  public String stopReason() {
    return stopReason;
  }

  void enter(int number) {
    epoch = number;
  }

  void advance(BatchPosition next) {
    position = next;
  }
}
