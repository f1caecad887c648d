package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The last few checkpoints of a run, each in a directory named after its step, as in {@code
 * step-000012000}. As a callback it saves after each epoch.
 */
public final class CheckpointSeries implements Callback {

  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})");

  private final Path directory;
  private final int kept;

  private CheckpointSeries(Path directory, int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("number of kept checkpoints is not at least 1: " + kept);
    }
    this.directory = directory;
    this.kept = kept;
  }

  /**
   * A series in a directory, which may hold checkpoints of an earlier run and other things.
   *
   * @param kept how many checkpoints stay when one more is saved, at least 1
   */
  public static CheckpointSeries in(Path directory, int kept) {
    return new CheckpointSeries(directory, kept);
  }

  /**
   * Saves a checkpoint and then deletes those that are too many, the oldest first.
   *
   * @param step of the run; the same as the last one's replaces that
   * @return where it was saved to
   * @throws DataFileException if it cannot be written, or there are checkpoints of later steps
   */
  public Path save(Checkpoint checkpoint, long step, RunState run) {
    return save(checkpoint, step, run, Disk.LOCAL);
  }

  Path save(Checkpoint checkpoint, long step, RunState run, Disk disk) {
    if (step < 0) {
      throw new IllegalArgumentException("step is not at least 0: " + step);
    }
    Path target = directory.resolve(String.format("step-%09d", step));
    Optional<Path> latest = latest();
    if (latest.isPresent() && step(latest.get()) > step) {
      throw new DataFileException(
          target.toString(),
          "comes before "
              + latest.get().getFileName()
              + ", which is there already; delete the later checkpoints, or use another directory");
    }
    checkpoint.save(target, run, disk);
    ImmutableList<Path> all = all();
    all.subList(0, Math.max(0, all.size() - kept)).forEach(old -> Target.delete(old, disk));
    list(Target::holdsLeftoversOnly).forEach(left -> Target.delete(left, disk));
    return target;
  }

  /** The newest checkpoint, if there is one. */
  public Optional<Path> latest() {
    ImmutableList<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** All checkpoints, the oldest first. */
  public ImmutableList<Path> all() {
    return list(Target::holdsSave);
  }

  private ImmutableList<Path> list(Predicate<Path> filter) {
    if (!Files.isDirectory(directory)) {
      return ImmutableList.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .filter(filter)
          .sorted(Comparator.comparingLong(CheckpointSeries::step))
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw Target.unreadable(directory, e);
    }
  }

  private static long step(Path checkpoint) {
    Matcher matcher = NAME.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** Saves the trainer and its model, with the start of the next epoch as position. */
  @Override
  public void onEpoch(FitProgress progress) {
    save(
        Checkpoint.of(progress.trainer()),
        progress.trainer().steps(),
        RunState.at(progress.position()));
  }
}
