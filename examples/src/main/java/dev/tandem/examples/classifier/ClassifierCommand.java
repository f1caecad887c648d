package dev.tandem.examples.classifier;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.callback.Progress;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceOption;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.examples.cli.SeedOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
public final class ClassifierCommand extends AppCommand {

  private static final int EPOCHS = 5;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + EPOCHS,
      description = "Passes over the 60,000 images (${DEFAULT-VALUE}).")
  private int epochs;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/mnist-classifier",
      description = "Where the model goes (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  protected void run() {
    requireAtLeastOne("--epochs", epochs);
    Engine engine = device.engine(out()::println);
    ModelFile.requirePlace(directory); // before the training
    try (RunFolder folder = RunFolder.ofModel(directory)) {
      train(engine, folder.path());
    }
  }

  private void train(Engine engine, Path folder) {
    PrintWriter out = out();
    Mnist mnist = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
    int images = mnist.train().size();
    long begin = System.nanoTime();
    try (ClassifierTraining training =
        new ClassifierTraining(epochs, images, seed.value(), engine)) {
      long steps = ClassifierTraining.steps(epochs, images);
      try (Progress progress = Progress.of("classifier", steps).labels("loss")) {
        training.train(mnist.train(), result -> progress.step(result.loss()));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      ModelFile.save(training.extractor(), folder);
      out.printf(Locale.ROOT, "%d steps in %.0f s%n", steps, seconds);
      out.printf(
          Locale.ROOT,
          "accuracy on the %,d test images: %.2f %%%n",
          mnist.test().size(),
          100 * training.accuracy(mnist.test()));
      out.println("classifier  " + folder + " (FeatureExtractor.load)");
    }
  }
}
