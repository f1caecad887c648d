package dev.tandem.examples.mnist;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a DCGAN on MNIST. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    description = "Train a DCGAN on the 60,000 images of MNIST and watch digits appear.",
    footer = {
      "",
      "Leaves in DIR: pictures of 64 samples from fixed noise, the last of them also as"
          + " samples.png, an animation of them all, progress.gif, and the trained generator, for"
          + " ModelFile.load.",
      "",
      "The default run takes about five minutes on two cores. The same seed gives the same"
          + " pictures."
    })
public final class MnistCommand implements Callable<Integer> {

  private static final int STEPS = 6000;
  private static final int BATCH = 64;
  private static final int WIDTH = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + STEPS,
      description = "Steps of both sides, 64 images each (${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What everything random follows from (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/mnist",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    if (steps < 1) {
      throw new ParameterException(spec.commandLine(), "--steps is not at least 1: " + steps);
    }
    Files.createDirectories(directory);
    Mnist mnist = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
    Dataset images = Dataset.builder().input(MnistRun.IMAGE, mnist.train().images()).build();
    MnistRun run = new MnistRun(steps, BATCH, WIDTH, seed, directory);
    long begin = System.nanoTime();
    try (RunLog log = new RunLog(steps, spec.commandLine().getOut())) {
      run.train(images, log::add);
    }
    report(run, (System.nanoTime() - begin) / 1e9);
    return CommandLine.ExitCode.OK;
  }

  private void report(MnistRun run, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d steps in %.0f s, %.1f ms each, pictures included%n",
        steps,
        seconds,
        1000 * seconds / steps);
    out.println("samples    " + run.samples());
    out.println("progress   " + run.directory().resolve("progress.gif"));
    out.println("generator  " + run.model() + " (ModelFile.load)");
    out.flush();
  }
}
