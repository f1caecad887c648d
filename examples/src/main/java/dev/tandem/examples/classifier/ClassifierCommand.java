package dev.tandem.examples.classifier;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.train.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the classifier that metrics look through. */
@Command(
    name = "classifier",
    mixinStandardHelpOptions = true,
    description = "Train the MNIST classifier that FID and the other metrics look through.",
    footer = {
      "",
      "Leaves a model with the outputs 'features' (64) and 'logits' (10) in DIR, for",
      "FeatureExtractor.load. With the defaults it is the one that gan brings along. Takes about",
      "three minutes of one core."
    })
public final class ClassifierCommand implements Callable<Integer> {

  private static final int EPOCHS = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + EPOCHS,
      description = "Passes over the 60,000 images (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What everything random follows from (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/mnist-classifier",
      description = "Where the model goes (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  public Integer call() {
    if (epochs < 1) {
      throw new ParameterException(spec.commandLine(), "--epochs is not at least 1: " + epochs);
    }
    PrintWriter out = spec.commandLine().getOut();
    Mnist mnist = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
    int images = mnist.train().size();
    long begin = System.nanoTime();
    try (ClassifierTraining training = new ClassifierTraining(epochs, images, seed)) {
      long steps = ClassifierTraining.steps(epochs, images);
      try (Progress progress = Progress.of("classifier", steps).labels("loss")) {
        training.train(mnist.train(), result -> progress.step(result.loss()));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      ModelFile.save(training.extractor(), directory);
      out.printf(Locale.ROOT, "%d steps in %.0f s%n", steps, seconds);
      out.printf(
          Locale.ROOT,
          "accuracy on the %,d test images: %.2f %%%n",
          mnist.test().size(),
          100 * training.accuracy(mnist.test()));
      out.println("classifier  " + directory + " (FeatureExtractor.load)");
      out.flush();
    }
    return CommandLine.ExitCode.OK;
  }
}
