package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableMap;
import dev.tandem.gan.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how pictures become images, to mix into a command that trains. */
final class DataOptions {

  /** Changes of images, with amounts that leave pictures of things as they are. */
  private static final ImmutableMap<String, String> AMOUNTS =
      ImmutableMap.of(
          "crop", "0.1",
          "shift", "2",
          "rotate", "10",
          "brightness", "0.1",
          "contrast", "0.1",
          "saturation", "0.1");

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
      names = "--augment-data",
      paramLabel = "CHANGE[=AMOUNT],...",
      description =
          "Change images by chance, each time up to an amount: crop (0.1 of their side), shift (2"
              + " pixels), rotate (10 degrees), brightness, contrast, saturation (0.1 each), as in"
              + " crop=0.2,shift. Generators learn these changes; --augment is for those that they"
              + " do not.")
  private @Nullable String augment;

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
    changed = augmented(changed);
    changed = set(changed, "data.channels", "--channels", channels);
    changed =
        set(
            changed,
            "data.background",
            "--background",
            background == null ? null : RunRecord.quoted(background));
    return set(changed, "data.strict", "--strict", strict ? "true" : null);
  }

  private Config augmented(Config config) {
    if (augment == null) {
      return config;
    }
    Config changed = config;
    for (String part : augment.split(",", -1)) {
      int sign = part.indexOf('=');
      String name = (sign < 0 ? part : part.substring(0, sign)).strip();
      String usual = AMOUNTS.get(name);
      if (usual == null) {
        throw new IllegalArgumentException(
            "--augment-data "
                + augment
                + ": there is no change \""
                + name
                + "\"; there are "
                + String.join(", ", AMOUNTS.keySet())
                + (name.equals("mirror") || name.equals("flip") ? ", and --mirror" : ""));
      }
      String amount = sign < 0 ? usual : part.substring(sign + 1);
      changed = changed.set("data.augment." + name, amount, "--augment-data " + augment);
    }
    return changed;
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
        "--augment-data", "data.augment",
        "--channels", "data.channels",
        "--background", "data.background",
        "--strict", "data.strict");
  }
}
