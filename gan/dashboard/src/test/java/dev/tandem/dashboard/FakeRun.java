package dev.tandem.dashboard;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A folder as a run leaves it, written by a test. */
public record FakeRun(Path folder) {

  /** Makes the folder, with settings. */
  public static FakeRun in(Path folder, String preset, int rounds) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        version: 1
        name: %s
        data:
          name: ring8-pacgan
        penalties:
        - type: r1
          gamma: 0.5
        budget:
          rounds: %d
        device: cpu
        """
            .replace("%s", preset)
            .replace("%d", Integer.toString(rounds)));
    return new FakeRun(folder);
  }

  /** A line of a round, which falls with it. */
  public static String line(int round) {
    return String.format(
        Locale.ROOT,
        "{\"round\":%d,\"images\":%d,\"seconds\":%.3f,\"d_loss\":%.5f,\"g_loss\":%.5f,"
            + "\"d_r1\":0.01,\"d_real\":0.6,\"d_fake\":-0.5,\"d_rate\":2.0E-4,\"g_rate\":2.0E-4,"
            + "\"d_gradient_norm\":0.4,\"g_gradient_norm\":null}\n",
        round,
        64 * round,
        .05 * round,
        1 + 1 / (1 + .01 * round) + .1 * Math.sin(round),
        1 - .2 * Math.cos(round));
  }

  /** Adds lines to metrics.jsonl. */
  public FakeRun lines(int from, int to) throws IOException {
    return append(
        IntStream.rangeClosed(from, to).mapToObj(FakeRun::line).collect(Collectors.joining()));
  }

  /** Adds text to metrics.jsonl. */
  public FakeRun append(String text) throws IOException {
    return append("metrics.jsonl", text);
  }

  /** Adds text to a file. */
  public FakeRun append(String file, String text) throws IOException {
    Files.writeString(
        folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }

  /** Leaves a picture of samples. */
  public FakeRun picture(int round) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    image.setRGB(round % 16, 3, 0xffffff);
    String name = String.format(Locale.ROOT, "step-%06d.png", round);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return this;
  }
}
