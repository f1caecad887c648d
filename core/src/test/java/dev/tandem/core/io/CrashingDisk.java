package dev.tandem.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A disk whose machine stops after a number of steps. If the power fails, too, files lose what was
 * not forced.
 */
final class CrashingDisk extends Disk {

  /** Stands for the end of the process: nothing in a save catches it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final List<String> steps = new ArrayList<>();
  private final Set<Path> unforced = new LinkedHashSet<>();
  private final int last;
  private final boolean power;

  private CrashingDisk(int last, boolean power) {
    this.last = last;
    this.power = power;
  }

  /** A disk that only notes the steps. */
  static CrashingDisk never() {
    return new CrashingDisk(Integer.MAX_VALUE, false);
  }

  /** A disk on which a process is killed when it has made so many steps. */
  static CrashingDisk killedAfter(int steps) {
    return new CrashingDisk(steps, false);
  }

  /** A disk whose power fails after so many steps. */
  static CrashingDisk withoutPowerAfter(int steps) {
    return new CrashingDisk(steps, true);
  }

  @Override
  void done(String step, Path path) {
    steps.add(step + " " + path.getFileName());
    if (step.equals("create")) {
      unforced.add(path);
    } else if (step.equals("force")) {
      unforced.remove(path);
    }
    if (steps.size() >= last) {
      if (power) {
        unforced.forEach(CrashingDisk::halve);
      }
      throw new Crash();
    }
  }

  private static void halve(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The steps made so far. */
  List<String> steps() {
    return steps;
  }
}
