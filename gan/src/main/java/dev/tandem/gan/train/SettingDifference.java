package dev.tandem.gan.train;

import com.google.common.base.CaseFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that is another one than in a saved run.
 *
 * @param path as {@link Settings} has it
 * @param was its text then
 * @param is its text now
 * @param isSound whether a run may go on with it
 */
record SettingDifference(String path, String was, String is, boolean isSound) {

  private static final String ENGINE = "engine";

  /** Parts of paths in the words of files, which also stand in paths of Java. */
  private static final Map<String, String> WORDS =
      Map.of(
          "generator's optimizer",
          "optimizer.generator",
          "discriminator's optimizer",
          "optimizer.discriminator",
          "gradient clipping",
          "optimizer.clipping",
          "generator's terms",
          "generator_terms",
          "judged together",
          "judged_together",
          "weight clip",
          "weight_clip",
          ENGINE,
          "device");

  /** What may change wherever it lies. */
  private static final Pattern FREE =
      Pattern.compile(
          "(generator|discriminator)'s optimizer(\\.adam)?\\.rate(\\..*)?|engine|precision");

  /** Numbers that may change. */
  private static final Pattern NUMBERS =
      Pattern.compile(
          "penalties\\.\\d+\\.penalty\\.(gamma|weight|ofReal|ofFake)"
              + "|penalties\\.\\d+\\.factor(\\..*)?"
              + "|generator's terms\\.\\d+\\.weight"
              + "|conditioning\\.(weight|distance|cycle|identity)"
              + "|loss\\.(margin|ratio|gain)");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E-?\\d+)?|Infinity");

  static SettingDifference of(String path, String was, String is, Map<String, String> now) {
    boolean engine = path.equals(ENGINE);
    return new SettingDifference(
        path, engine ? device(was) : was, engine ? device(is) : is, isSound(path, was, is, now));
  }

  /** An engine as the device that it is for. */
  private static String device(String engine) {
    return engine
        .replaceFirst("^PLAN", "cpu")
        .replaceFirst("^SAMEDIFF", "samediff")
        .replaceFirst("^CUDA", "cuda");
  }

  /** Whether the same steps give other bits with it. */
  boolean changesBits() {
    return path.equals(ENGINE) || path.equals("precision");
  }

  private static boolean isSound(String path, String was, String is, Map<String, String> now) {
    if (path.equals("batch")) {
      return !"true".equals(now.get("schedule.reusedFakes"));
    }
    if (path.equals("average") || path.startsWith("average.")) {
      return !was.equals("none") && !is.equals("none") && !was.startsWith("Optional");
    }
    boolean numbers = NUMBER.matcher(was).matches() && NUMBER.matcher(is).matches();
    return FREE.matcher(path).matches() || numbers && NUMBERS.matcher(path).matches();
  }

  /** Its name in files and in lists. */
  String setting() {
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      if (path.equals(word.getKey()) || path.startsWith(word.getKey() + ".")) {
        return word.getValue() + keys(path.substring(word.getKey().length()));
      }
    }
    Matcher penalty = Pattern.compile("(penalties\\.\\d+)\\.penalty(.*)").matcher(path);
    return keys(penalty.matches() ? penalty.group(1) + penalty.group(2) : path);
  }

  private static String keys(String path) {
    return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, path);
  }
}
