package dev.tandem.examples.diffusion;

import static dev.tandem.core.loss.Losses.output;

import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.train.AveragedModel;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.SeedTable;
import dev.tandem.examples.cli.StepLoop;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.cli.StudyCommand;
import dev.tandem.examples.digits.DigitFid;
import dev.tandem.examples.digits.FidOption;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.train.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a small diffusion model. */
@Command(
    name = "diffusion",
    mixinStandardHelpOptions = true,
    description = "A small diffusion model on MNIST: a U-Net at random times, and its average.",
    footer = {
      "",
      "Leaves in DIR: samples.png from the average of the U-Net's weights, unaveraged.png from the"
          + " weights as they are, denoising.png (what eight images are guessed to be, from noise"
          + " on), the averaged U-Net, for ModelFile.load, and results.md. Takes about six minutes"
          + " on two cores."
    })
public final class DiffusionCommand extends StudyCommand<Mnist> {

  private static final int STEPS = 2_500;
  private static final int BATCH = 64;
  private static final int WIDTH = 32;
  private static final double RATE = 2e-3;
  private static final int WARM_UP = 50;
  private static final WeightAverage AVERAGE = WeightAverage.rampedDecay(0.995);
  private static final int SHOWN = 64;
  private static final int ROWS = 8;
  private static final Sampling SAMPLING = new Sampling(20);

  @Mixin private final FidOption fid = new FidOption(1_000);

  /** The command. */
  public DiffusionCommand() {
    super("diffusion", STEPS);
  }

  @Override
  protected Mnist data() {
    fid.check();
    return Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
  }

  @Override
  protected SeedTable table() {
    return new SeedTable("weights").column("FID", "%.1f").column("FID of real digits", "%.2f");
  }

  @Override
  protected void study(Study study, Mnist mnist) {
    Denoiser nets = Denoiser.create(WIDTH, study.seed());
    // region train
    Training recipe =
        Training.with(
                Adam.rate(
                    Schedules.warmUp(
                        WARM_UP, Schedules.cosineDecay(RATE, study.steps(), RATE / 20))))
            .loss(output())
            .engine(study.engine())
            .seed(study.seed());
    try (Trainer trainer = nets.training().compile(recipe);
        AveragedModel average = AveragedModel.of(nets.unet(), trainer);
        BatchIterator batches = study.batches(mnist.train(), BATCH);
        StepLoop loop = study.loop("diffusion", "loss")) {
      while (loop.goesOn()) {
        Times times = Times.random(study.seed(), loop.done(), BATCH);
        INDArray images = batches.next().input(Study.IMAGE);
        loop.done(trainer.trainOnBatch(Examples.of(times.with(images))).loss());
        average.follow(AVERAGE.decay(loop.done(), 0, BATCH));
      }
      show(study, nets.unet(), average.model());
    }
    // endregion
  }

  private void show(Study study, Model unet, Model average) {
    ModelFile.save(average, study.file("unet"));
    List<INDArray> moments = new ArrayList<>();
    INDArray shown = SAMPLING.draw(average, SHOWN, study.seed(), study.engine(), moments::add);
    study.picture("samples.png", 8, shown);
    study.picture("denoising.png", moments.size(), Sampling.rows(moments, ROWS));
    study.picture("unaveraged.png", 8, SAMPLING.draw(unet, SHOWN, study.seed(), study.engine()));
    if (!study.isInterrupted()) {
      try (DigitFid judgment = new DigitFid(fid.samples())) {
        measure(study, "average of the weights", average, judgment);
        measure(study, "weights as they are", unet, judgment);
      }
    }
  }

  private void measure(Study study, String row, Model unet, DigitFid judgment) {
    Score score = judgment.of(SAMPLING.draw(unet, fid.samples(), study.seed(), study.engine()));
    study.measured(row, "FID", score.value());
    study.measured(row, "FID of real digits", score.floor());
  }
}
