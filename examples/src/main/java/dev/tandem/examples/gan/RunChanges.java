package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.config.DataSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a run may not change when it goes on, as far as checkpoints do not know them:
 * its name, its data, its seed. All else is up to its checkpoint.
 */
final class RunChanges {

  private RunChanges() {}

  /** Refuses another preset. */
  static void requireSameName(@Nullable Path run, Config old, String preset) {
    List<String[]> others = new ArrayList<>();
    add(others, "name", old.name(), preset);
    refuse(run, others);
  }

  /** Refuses other data, before any of it is read. */
  static void requireSameData(@Nullable Path run, Config old, Config asked) {
    List<String[]> others = new ArrayList<>();
    DataSettings then = old.data();
    DataSettings now = asked.data();
    add(others, "name", old.name(), asked.name());
    if (!isSame(Optional.of(then.name()), Optional.of(now.name()))) {
      add(others, "data.name", then.name(), now.name());
    }
    if (!isSame(then.to(), now.to())) {
      add(others, "data.to", then.to().orElse("none"), now.to().orElse("none"));
    }
    add(others, "seed", text(old), text(asked));
    refuse(run, others);
  }

  /** Refuses other settings of the data, and other nets and kinds of things. */
  static void requireSound(@Nullable Path run, Config old, Config asked) {
    Map<String, String> then = old.values();
    Map<String, String> now = asked.values();
    TreeSet<String> keys = new TreeSet<>(then.keySet());
    keys.addAll(now.keySet());
    List<String[]> others = new ArrayList<>();
    for (String key : keys) {
      boolean fixed = key.startsWith("data.") && !key.equals("data.name") && !key.equals("data.to");
      if (fixed || key.startsWith("nets.")) {
        add(others, key, then.getOrDefault(key, "not set"), now.getOrDefault(key, "not set"));
      }
    }
    refuse(run, others);
  }

  private static String text(Config config) {
    return config.seed().isPresent() ? Long.toString(config.seed().getAsLong()) : "none";
  }

  private static void add(List<String[]> others, String key, String was, String is) {
    if (!was.equals(is)) {
      others.add(new String[] {key, was, is});
    }
  }

  private static void refuse(@Nullable Path run, List<String[]> others) {
    if (others.isEmpty()) {
      return;
    }
    others.add(0, new String[] {"", "was", "is"});
    int first = others.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    int second = others.stream().mapToInt(row -> row[1].length()).max().orElse(0);
    StringBuilder table = new StringBuilder();
    for (String[] row : others) {
      table.append(
          String.format(
              Locale.ROOT, "%n  %-" + first + "s  %-" + second + "s  %s", row[0], row[1], row[2]));
    }
    throw new DataFileException(
        String.valueOf(run),
        "is a run of other settings, which cannot change:"
            + table
            + String.format(Locale.ROOT, "%nLeave that out, or start a new run"));
  }

  /** Folders may be named in several ways. */
  private static boolean isSame(Optional<String> name, Optional<String> other) {
    return Objects.equals(name, other)
        || name.isPresent()
            && other.isPresent()
            && Files.isDirectory(Path.of(name.get()))
            && Path.of(name.get())
                .toAbsolutePath()
                .normalize()
                .equals(Path.of(other.get()).toAbsolutePath().normalize());
  }
}
