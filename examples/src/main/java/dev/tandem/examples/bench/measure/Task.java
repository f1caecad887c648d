package dev.tandem.examples.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is trained. Every system trains the same nets on the same data with the same steps. */
public enum Task {
  /** A classifier 784-512-512-10, batch 128. */
  MLP(Kind.STEPS, 300, 200),
  /** A GAN of three dense layers each on a ring of eight points, batch 256. */
  RING(Kind.GAN_STEPS, 300, 200),
  /** A convolutional GAN for 28 x 28 x 1, batch 64. */
  DCGAN28(Kind.GAN_STEPS, 50, 10),
  /** A convolutional GAN for 32 x 32 x 3, batch 64. */
  DCGAN32(Kind.GAN_STEPS, 50, 10),
  /** The nets of dcgan28 with Wasserstein loss and gradient penalty. */
  WGANGP28(Kind.GAN_STEPS, 50, 10),
  /** The paper's DCGAN for 64 x 64 x 3, batch 128: seconds a step on a processor. */
  DCGAN64(Kind.GAN_STEPS, 50, 10),
  /** A classifier of 400 steps of 32 features by an LSTM of 128 units, batch 32. */
  LSTM(Kind.STEPS, 30, 5),
  /** One net for both images of a pair of 28 x 28 x 1, and their distance, batch 64. */
  SIAMESE(Kind.STEPS, 100, 30),
  /** A language model of 4 causal layers, 128 wide, over 128 tokens, batch 16. */
  TRANSFORMER(Kind.STEPS, 30, 5),
  /** The generator of dcgan28 alone, one image. */
  PREDICT_GENERATOR28_1(Kind.PREDICTIONS, 1_000, 300),
  /** The generator of dcgan28 alone, 32 images. */
  PREDICT_GENERATOR28_32(Kind.PREDICTIONS, 200, 50),
  /** ResNet-20 for 32 x 32 x 3, one image. */
  PREDICT_RESNET20_1(Kind.PREDICTIONS, 1_000, 300),
  /** ResNet-20 for 32 x 32 x 3, 32 images. */
  PREDICT_RESNET20_32(Kind.PREDICTIONS, 200, 50);

  /** What is measured. */
  private enum Kind {
    GAN_STEPS,
    STEPS,
    PREDICTIONS
  }

  /** What the labels of all predictions begin with, and what stands for all of them. */
  public static final String PREDICT = "predict";

  private final Kind kind;
  private final int iterations;
  private final int warmup;

  Task(Kind kind, int iterations, int warmup) {
    this.kind = kind;
    this.iterations = iterations;
    this.warmup = warmup;
  }

  /** The tasks that a comparison takes unless it is told others: all that a processor can do. */
  public static List<Task> usual() {
    return Arrays.stream(values()).filter(task -> task != DCGAN64).toList();
  }

  /** All that make predictions. */
  public static List<Task> predictions() {
    return Arrays.stream(values()).filter(Task::predicts).toList();
  }

  /** Those whose steps are measured on a card, too: the ones that PyTorch's script knows. */
  public static List<Task> onCard() {
    return Arrays.stream(values()).filter(task -> task == MLP || task.isGan()).toList();
  }

  /** The task of a label. */
  public static Optional<Task> of(String label) {
    return Arrays.stream(values()).filter(task -> task.label().equals(label)).findFirst();
  }

  /** All labels, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Task::label).collect(Collectors.joining(", "));
  }

  /** As in {@code dcgan28}, {@code predict-resnet20-32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a step is one of a discriminator and one of a generator. */
  public boolean isGan() {
    return kind == Kind.GAN_STEPS;
  }

  /** Whether a net is applied and nothing is trained. */
  public boolean predicts() {
    return kind == Kind.PREDICTIONS;
  }

  /** The rows of a prediction. */
  public int predictedRows() {
    return Integer.parseInt(label().substring(label().lastIndexOf('-') + 1));
  }

  /** The net of a prediction, as in {@code resnet20}. */
  public String predictedNet() {
    return label().split("-")[1];
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
