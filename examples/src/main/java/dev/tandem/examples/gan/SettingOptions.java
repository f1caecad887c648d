package dev.tandem.examples.gan;

import dev.tandem.gan.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change settings of a config, to mix into a command that trains. */
final class SettingOptions {

  private static final String DIFF_AUGMENT =
      "brightness, saturation, contrast, {type: translation, ratio: 0.125}, {type: cutout, ratio:"
          + " 0.5}";
  private static final String ADA =
      "{type: varying_augmentation, parts: [blits, geometry, colors], strength: adaptive_strength}";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change one setting, as optimizer.generator.rate=1e-4. Repeatable.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Rounds of both sides, those before a resume included (5000).")
  private @Nullable String steps;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Stop after M minutes, if the rounds are not done by then.")
  private @Nullable String minutes;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples, or packs of them, in a step (mostly 64).")
  private @Nullable String batch;

  @Option(names = "--rate", paramLabel = "R", description = "The rate of both optimizers.")
  private @Nullable String rate;

  @Option(names = "--gamma", paramLabel = "G", description = "The weight of penalties R1 and R2.")
  private @Nullable String gamma;

  @Option(names = "--filters", paramLabel = "N", description = "Filters next to the image.")
  private @Nullable String filters;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Classes that the nets know (those of the data).")
  private @Nullable String classes;

  @Option(
      names = "--average",
      paramLabel = "D",
      description = "Decay of the averaged generator, as 0.999; or none.")
  private @Nullable String average;

  @Option(
      names = "--augment",
      paramLabel = "WHAT",
      description = "diffaugment, ada, none, or names of augmentations, as brightness,contrast.")
  private @Nullable String augment;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What everything random follows from (1).")
  private @Nullable String seed;

  @Option(
      names = "--workers",
      paramLabel = "W",
      description =
          "Who makes the steps together, with a batch each: local:N for N threads of this process,"
              + " cards:N for N cards of this machine, or none (default). docs/workers.md says what"
              + " that gives.")
  private @Nullable String workers;

  @Option(
      names = "--averaging",
      paramLabel = "K",
      description =
          "Let workers take the mean of their weights every K rounds (up to 100), in place of that"
              + " of gradients in every step.")
  private @Nullable String averaging;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where the steps run: cpu (default), cuda for an NVIDIA card, auto for the card where it"
              + " can be used, or samediff. 'tandem doctor' says what is missing for a card.")
  private @Nullable String device;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "What steps multiply in: float32, tf32 or bf16.")
  private @Nullable String precision;

  @Option(names = "--fid", hidden = true)
  private @Nullable String fid;

  @Option(
      names = "--metrics",
      paramLabel = "M[:N][@R],...",
      description =
          "Measure N samples (1000) every R rounds (500) and at the end, with @end then alone: fid,"
              + " kid, swd, precision, recall, density or coverage, as in fid:2000@1000,swd. The"
              + " state that was best by the first one stays in DIR/best.")
  private @Nullable String metrics;

  @Option(
      names = "--extractor",
      paramLabel = "FILE",
      description =
          "ONNX file of the net that --metrics look through, as Inception-v3; docs/metrics.md says"
              + " how to make it.")
  private @Nullable String extractor;

  @Option(
      names = "--pipeline",
      paramLabel = "P",
      description = "What images go through before it: pytorch_fid (default), clean_fid or plain.")
  private @Nullable String pipeline;

  @Option(
      names = "--tensorboard",
      description = "Leave event files for TensorBoard in DIR/tensorboard, too.")
  private boolean tensorboard;

  /** A config with those that say which data there is, before it is read. */
  Config ofData(Config config) {
    if (fid != null) {
      throw new IllegalArgumentException(
          "there is no --fid any more; give --metrics fid:" + fid + "@end");
    }
    Config changed = set(config, "seed", "--seed " + seed, seed);
    for (String assignment : assignments) {
      if (assignment.startsWith("data") || assignment.startsWith("seed")) {
        changed = changed.set(assignment);
      }
    }
    return changed;
  }

  /** A config that says everything, with all of them. */
  Config all(Config config) {
    Config changed = set(config, "budget.rounds", "--steps " + steps, steps);
    changed = set(changed, "budget.minutes", "--minutes " + minutes, minutes);
    changed = set(changed, "batch", "--batch " + batch, batch);
    changed = set(changed, "conditioning.classes", "--classes " + classes, classes);
    String who = workers == null ? null : RunRecord.quoted(workers);
    if (workers != null && workers.equals("none")) {
      who = "none";
      changed = set(changed, "workers.averaging", "--workers none", "none");
    }
    changed = set(changed, "workers.where", "--workers " + workers, who);
    changed = set(changed, "workers.averaging", "--averaging " + averaging, averaging);
    changed = set(changed, "device", "--device " + device, device);
    changed = set(changed, "precision", "--precision " + precision, precision);
    String measured = metrics == null ? null : RunRecord.quoted(metrics);
    changed = set(changed, "metrics.measured", "--metrics " + metrics, measured);
    String file = extractor == null ? null : RunRecord.quoted(extractor);
    changed = set(changed, "metrics.extractor", "--extractor " + extractor, file);
    changed = set(changed, "metrics.pipeline", "--pipeline " + pipeline, pipeline);
    changed = set(changed, "metrics.tensorboard", "--tensorboard", tensorboard ? "true" : null);
    changed = set(changed, "average", "--average " + average, average(average));
    changed = set(changed, "augmentations", "--augment " + augment, augment(augment));
    changed = each(changed, "optimizer\\.\\w+(\\.adam)?\\.rate(\\..*)?", "rate", "--rate", rate);
    changed = each(changed, "penalties\\.\\d+\\.gamma", "penalty with a gamma", "--gamma", gamma);
    changed = each(changed, "nets\\.\\w+\\.filters", "net with filters", "--filters", filters);
    for (String assignment : assignments) {
      changed = changed.set(assignment);
    }
    return changed;
  }

  private static @Nullable String average(@Nullable String value) {
    return value != null && value.matches("[-+.\\d].*")
        ? "{type: ramped_average, decay: " + value + "}"
        : value;
  }

  private static @Nullable String augment(@Nullable String value) {
    if (value == null) {
      return null;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "none" -> "[]";
      case "diffaugment" -> "[" + DIFF_AUGMENT + "]";
      case "ada" -> "[" + ADA + "]";
      default -> value.startsWith("[") ? value : "[" + value + "]";
    };
  }

  private static Config set(Config config, String key, String source, @Nullable String value) {
    return value == null ? config : config.set(key, value, source);
  }

  /** Changes all settings of some paths, of which there has to be one. */
  private static Config each(
      Config config, String paths, String what, String option, @Nullable String value) {
    if (value == null) {
      return config;
    }
    List<String> found =
        config.values().keySet().stream().filter(path -> path.matches(paths)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          option + " " + value + ": " + config.name() + " has no " + what + "; --print shows all");
    }
    Config changed = config;
    for (String path : found) {
      String whole = path.replaceFirst("(\\.rate)\\..*", "$1");
      changed = changed.set(whole, value, option + " " + value);
    }
    return changed;
  }

  /** The options that stand for settings, with their keys. */
  static Map<String, String> keys() {
    return Map.ofEntries(
        Map.entry("--steps", "budget.rounds"),
        Map.entry("--minutes", "budget.minutes"),
        Map.entry("--batch", "batch"),
        Map.entry("--rate", "optimizer.generator.rate and optimizer.discriminator.rate"),
        Map.entry("--gamma", "gamma of each of penalties"),
        Map.entry("--filters", "filters of each of nets"),
        Map.entry("--classes", "conditioning.classes"),
        Map.entry("--average", "average"),
        Map.entry("--augment", "augmentations"),
        Map.entry("--precision", "precision"),
        Map.entry("--device", "device"),
        Map.entry("--workers", "workers.where"),
        Map.entry("--averaging", "workers.averaging"),
        Map.entry("--seed", "seed"),
        Map.entry("--data", "data.name"),
        Map.entry("--to", "data.to"),
        Map.entry("--metrics", "metrics.measured"),
        Map.entry("--extractor", "metrics.extractor"),
        Map.entry("--pipeline", "metrics.pipeline"),
        Map.entry("--tensorboard", "metrics.tensorboard"));
  }
}
