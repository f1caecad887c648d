package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The last few checkpoints of a run, each in a directory named after its step, as in {@code
 * step-000012000}. As a callback it saves after each epoch.
 */
public final class CheckpointSeries implements Callback {

  /** Digits of any script: those of the machine's language were written once. */
  private static final Pattern NAME = Pattern.compile("step-(\\p{Nd}{1,18})");

  private static final String ASIDE = "aside-";

  private final Path directory;
  private final int kept;
  private final Consumer<Path> handing;

  private CheckpointSeries(Path directory, int kept, Consumer<Path> handing) {
    if (kept < 1) {
      throw new IllegalArgumentException("number of kept checkpoints is not at least 1: " + kept);
    }
    this.directory = directory;
    this.kept = kept;
    this.handing = handing;
  }

  /**
   * A series in a directory, which may hold checkpoints of an earlier run and other things.
   *
   * @param kept how many checkpoints stay when one more is saved, at least 1
   */
  public static CheckpointSeries in(Path directory, int kept) {
    return new CheckpointSeries(directory, kept, path -> {});
  }

  /**
   * The same series, which hands each checkpoint on when it is whole, before older ones are
   * deleted: to be copied to where this machine's disk does not matter.
   *
   * @param taking gets the directory of the checkpoint; what it throws is an error of the save
   */
  public CheckpointSeries handingOn(Consumer<Path> taking) {
    return new CheckpointSeries(directory, kept, handing.andThen(taking));
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
    requireNoneAfter(step);
    Path target = place(step);
    checkpoint.save(target, run, disk);
    handing.accept(target);
    ImmutableList<Path> all = all();
    all.subList(0, Math.max(0, all.size() - kept)).forEach(old -> Target.delete(old, disk));
    list("", Target::holdsLeftoversOnly).forEach(left -> Target.delete(left, disk));
    return target;
  }

  private Path place(long step) {
    return directory.resolve(String.format(Locale.ROOT, "step-%09d", step));
  }

  /**
   * Refuses a step that checkpoints of later steps follow already: to know before a run, and not
   * when it first saves.
   *
   * @throws DataFileException if there are checkpoints of later steps
   */
  public void requireNoneAfter(long step) {
    Optional<Path> latest = latest();
    if (latest.isPresent() && step(latest.get()) > step) {
      throw new DataFileException(
          place(step).toString(),
          "comes before "
              + latest.get().getFileName()
              + ", which is there already; go on from that one, set the later checkpoints aside"
              + " with CheckpointSeries.setAside("
              + step
              + "), or use another directory");
    }
  }

  /**
   * Takes the checkpoints of later steps out of the series, for a run that went back: each is
   * renamed to {@code aside-step-…}, the newest first, so that at any time {@link #latest} is one
   * of the run's. Those that were set aside before are deleted.
   *
   * @param after the step that the run went back to
   * @throws DataFileException if they cannot be renamed
   */
  public void setAside(long after) {
    setAside(after, Disk.LOCAL);
  }

  void setAside(long after, Disk disk) {
    List<Path> later = all().reverse().stream().filter(path -> step(path) > after).toList();
    if (later.isEmpty()) {
      return;
    }
    list(ASIDE, path -> true).forEach(old -> Target.delete(old, disk));
    try {
      for (Path path : later) {
        disk.replace(path, directory.resolve(ASIDE + path.getFileName()));
        disk.forceDirectory(directory);
      }
    } catch (IOException e) {
      throw new DataFileException(
          directory.toString(),
          "checkpoints after step " + after + " cannot be set aside (" + e + "); is it writable?",
          e);
    }
  }

  /** The newest checkpoint, if there is one. */
  public Optional<Path> latest() {
    ImmutableList<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** All checkpoints, the oldest first. */
  public ImmutableList<Path> all() {
    return list("", Target::holdsSave);
  }

  /** The directories whose names are a prefix and a step, by steps. */
  private ImmutableList<Path> list(String prefix, Predicate<Path> filter) {
    if (!Files.isDirectory(directory)) {
      return ImmutableList.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> isStep(prefix, path.getFileName().toString()))
          .filter(Files::isDirectory)
          .filter(filter)
          .sorted(Comparator.comparingLong(CheckpointSeries::step))
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw Target.unreadable(directory, e);
    }
  }

  private static boolean isStep(String prefix, String name) {
    return name.startsWith(prefix) && NAME.matcher(name.substring(prefix.length())).matches();
  }

  private static long step(Path checkpoint) {
    Matcher matcher = NAME.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /**
   * Refuses a directory with checkpoints of later steps than the trainer's.
   *
   * @throws DataFileException if there are such
   */
  @Override
  public void onStart(FitProgress progress) {
    requireNoneAfter(progress.trainer().steps());
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
