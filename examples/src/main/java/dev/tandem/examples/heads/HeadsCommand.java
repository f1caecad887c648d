package dev.tandem.examples.heads;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.callback.Progress;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceOption;
import dev.tandem.examples.cli.SeedOption;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains two heads on one trunk. */
@Command(
    name = "heads",
    mixinStandardHelpOptions = true,
    description = "One trunk, two heads on MNIST (which digit, odd or even), trained in turn.",
    footer = {
      "",
      "The trainer of digits moves trunk and head; that of parity moves its head alone, over a"
          + " trunk that the other one keeps improving.",
      "",
      "Takes about a minute on two cores."
    })
public final class HeadsCommand extends AppCommand {

  private static final int STEPS = 2000;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + STEPS,
      description = "Turns of both trainers, a batch of 64 each (${DEFAULT-VALUE}).")
  private int steps;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Override
  protected void run() {
    requireAtLeastOne("--steps", steps);
    PrintWriter out = out();
    Engine engine = device.engine(out::println);
    Mnist mnist = Mnist.fromClassPath(PixelRange.ZERO_TO_ONE);
    Questions test = Questions.of(mnist.test());
    try (HeadsTraining training = new HeadsTraining(seed.value(), engine)) {
      out.println("digits moves " + moved(training.digits()));
      out.println("parity moves " + moved(training.parity()));
      try (Progress progress = Progress.of("heads", steps).labels("digits", "parity")) {
        training.train(
            Questions.of(mnist.train()),
            steps,
            (digits, parity) -> progress.step(digits.loss(), parity.loss()));
      }
      print(out, "digits", training.digitAccuracy(test));
      print(out, "parity", training.parityAccuracy(test));
    }
  }

  private static String moved(Trainer trainer) {
    return trainer.moves().stream().map(Weight::path).collect(Collectors.joining(", "));
  }

  private static void print(PrintWriter out, String name, double accuracy) {
    out.printf(Locale.ROOT, "%s accuracy on the test images: %.2f %%%n", name, 100 * accuracy);
    out.flush();
  }
}
