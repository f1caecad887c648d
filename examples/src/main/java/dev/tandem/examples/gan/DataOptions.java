package dev.tandem.examples.gan;

import dev.tandem.gan.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how pictures become images, to mix into a command that trains. */
final class DataOptions {

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      description =
          "Pixels of images: a square, or height and width, as 64 or 48x64 (the largest usable"
              + " square not above the median of the shorter sides, at most 64; pictures of one"
              + " usable size keep it).")
  private @Nullable String size;

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      description =
          "Pictures of another ratio: crop (the middle of them), fit (all of them, on the"
              + " background) or squash (crop).")
  private @Nullable String resize;

  @Option(
      names = "--mirror",
      description = "Mirror images from left to right, each time by chance.")
  private boolean mirror;

  @Option(
      names = "--channels",
      paramLabel = "1|3",
      description = "Gray or color images (gray if all pictures are gray).")
  private @Nullable String channels;

  @Option(
      names = "--background",
      paramLabel = "COLOR",
      description =
          "What transparent pictures lie on, and fitted ones: white, black, gray or as 20a0ff"
              + " (white).")
  private @Nullable String background;

  @Option(
      names = "--strict",
      description = "End at files that cannot be read, in place of leaving them out.")
  private boolean strict;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where the bytes of resized pictures are kept: one file, which runs may share (the folder"
              + " of the run).")
  private @Nullable Path cache;

  /** A config with those that were given. */
  Config all(Config config) {
    Config changed = set(config, "data.size", "--size", size);
    changed = set(changed, "data.resize", "--resize", resize);
    changed = set(changed, "data.mirror", "--mirror", mirror ? "true" : null);
    changed = set(changed, "data.channels", "--channels", channels);
    changed =
        set(
            changed,
            "data.background",
            "--background",
            background == null ? null : RunRecord.quoted(background));
    return set(changed, "data.strict", "--strict", strict ? "true" : null);
  }

  private static Config set(Config config, String key, String option, @Nullable String value) {
    return value == null
        ? config
        : config.set(key, value, value.equals("true") ? option : option + " " + value);
  }

  /** Where the bytes are to lie, if it was said. */
  Optional<Path> cache() {
    return Optional.ofNullable(cache);
  }

  /** The options that stand for settings, with their keys. */
  static Map<String, String> keys() {
    return Map.of(
        "--size", "data.size",
        "--resize", "data.resize",
        "--mirror", "data.mirror",
        "--channels", "data.channels",
        "--background", "data.background",
        "--strict", "data.strict");
  }
}
