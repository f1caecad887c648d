package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.nio.file.Path;

/**
 * Saves the trainer and its model after each epoch that was better than all before, in place of the
 * last best one: {@code BestCheckpoint.lowest(directory, "val_loss")}. What the directory holds at
 * the start has to be beaten, too.
 */
public final class BestCheckpoint implements Callback {

  private final Path directory;
  private final String name;
  private final double sign;
  private double best;

  private BestCheckpoint(Path directory, String name, double sign) {
    this.directory = directory;
    this.name = name;
    this.sign = sign;
  }

  /** Saves when a loss or metric is lower than ever. */
  public static BestCheckpoint lowest(Path directory, String name) {
    return new BestCheckpoint(directory, name, -1);
  }

  /** Saves when a metric is higher than ever. */
  public static BestCheckpoint highest(Path directory, String name) {
    return new BestCheckpoint(directory, name, 1);
  }

  /**
   * Looks up the best value so far.
   *
   * @throws DataFileException if the directory holds anything else
   * @throws IllegalArgumentException if no epoch will report the number; names those that it will
   */
  @Override
  public void onStart(FitProgress progress) {
    progress.requireReported("the checkpoint " + directory, name);
    Target.requireReplaceable(directory);
    best = Double.NEGATIVE_INFINITY;
    if (Target.holdsSave(directory)) {
      try (Save save = Save.open(directory)) {
        best = sign * earlier(save);
      }
    }
  }

  private double earlier(Save save) {
    Fields content = save.manifest().content();
    RunState run = content.has("run") ? RunState.of(content.object("run")) : RunState.empty();
    if (!run.texts().containsKey(name)) {
      throw new DataFileException(
          directory.toString(),
          "holds a save that was not chosen by \""
              + name
              + "\" and is not replaced; save"
              + " elsewhere");
    }
    return Double.parseDouble(run.text(name));
  }

  /** Saves if the epoch was better; NaN never is. */
  @Override
  public void onEpoch(FitProgress progress) {
    double value = progress.history().last(name);
    if (sign * value > best) {
      best = sign * value;
      Checkpoint.of(progress.trainer())
          .save(directory, RunState.at(progress.position()).with(name, Double.toString(value)));
    }
  }
}
