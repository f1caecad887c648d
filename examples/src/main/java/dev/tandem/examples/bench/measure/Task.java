package dev.tandem.examples.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is trained. Every system trains the same nets on the same data with the same steps. */
public enum Task {
  /** A classifier 784-512-512-10, batch 128. */
  MLP(300, 200),
  /** A GAN of three dense layers each on a ring of eight points, batch 256. */
  RING(300, 200),
  /** A convolutional GAN for 28 x 28 x 1, batch 64. */
  DCGAN28(50, 10),
  /** A convolutional GAN for 32 x 32 x 3, batch 64. */
  DCGAN32(50, 10),
  /** The nets of dcgan28 with Wasserstein loss and gradient penalty. */
  WGANGP28(50, 10),
  /** The paper's DCGAN for 64 x 64 x 3, batch 128: seconds a step on a processor. */
  DCGAN64(50, 10);

  private final int iterations;
  private final int warmup;

  Task(int iterations, int warmup) {
    this.iterations = iterations;
    this.warmup = warmup;
  }

  /** The tasks that a comparison takes unless it is told others: all that a processor can do. */
  public static List<Task> usual() {
    return Arrays.stream(values()).filter(task -> task != DCGAN64).toList();
  }

  /** The task of a label. */
  public static Optional<Task> of(String label) {
    return Arrays.stream(values()).filter(task -> task.label().equals(label)).findFirst();
  }

  /** All labels, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Task::label).collect(Collectors.joining(", "));
  }

  /** As in {@code dcgan28}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The steps measured unless said otherwise. */
  public int iterations() {
    return iterations;
  }

  /** The steps before them. */
  public int warmup() {
    return warmup;
  }
}
