package dev.tandem.examples.mnist;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.op.Engine;
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
public final class MnistCommand extends AppCommand {

  private static final int STEPS = 6000;
  private static final int BATCH = 64;
  private static final int WIDTH = 64;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "" + STEPS,
      description = "Steps of both sides, 64 images each (${DEFAULT-VALUE}).")
  private int steps;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/mnist",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  protected void run() {
    requireAtLeastOne("--steps", steps);
    Engine engine = device.engine(out()::println);
    try (RunFolder folder = RunFolder.open(directory)) {
      train(engine, folder.path());
    }
  }

  private void train(Engine engine, Path folder) {
    Mnist mnist = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
    Dataset images = Dataset.builder().input(MnistRun.IMAGE, mnist.train().images()).build();
    MnistRun run = new MnistRun(steps, BATCH, WIDTH, seed.value(), engine, folder);
    long begin = System.nanoTime();
    try (RunLog log = new RunLog(steps, out())) {
      run.train(images, log::add);
    }
    report(run, (System.nanoTime() - begin) / 1e9);
  }

  private void report(MnistRun run, double seconds) {
    PrintWriter out = out();
    out.printf(
        Locale.ROOT,
        "%d steps in %.0f s, %.1f ms each, pictures included%n",
        steps,
        seconds,
        1000 * seconds / steps);
    out.println("samples    " + run.samples());
    out.println("progress   " + run.directory().resolve("progress.gif"));
    out.println("generator  " + run.model() + " (ModelFile.load)");
  }
}
