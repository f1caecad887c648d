package dev.tandem.examples.autoencoder;

import static dev.tandem.core.loss.Losses.output;

import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.SeedTable;
import dev.tandem.examples.cli.StepLoop;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.cli.StudyCommand;
import dev.tandem.examples.digits.DigitPictures;
import dev.tandem.examples.digits.FidOption;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an autoencoder and a variational one. */
@Command(
    name = "autoencoder",
    mixinStandardHelpOptions = true,
    description = "An autoencoder and a variational one on MNIST: what each keeps, and draws.",
    footer = {
      "",
      "Leaves in DIR: reconstructions.png (columns of a test image, the autoencoder's and the"
          + " VAE's), plain.png and variational.png (digits of random codes), between.png (from"
          + " one code of the VAE to another), the VAE's encoder and generator, for ModelFile.load,"
          + " and results.md. Takes about a minute on two cores."
    })
public final class AutoencoderCommand extends StudyCommand<Mnist> {

  private static final int STEPS = 1_500;
  private static final int BATCH = 64;
  static final int TEST_BATCH = 500;
  private static final int SHOWN = 64;
  private static final int COMPARED = 16;
  private static final int STEPS_BETWEEN = 12;
  static final String ENTROPY = "cross-entropy of pixels, nats";
  static final String FID = "FID of random codes";

  @Option(
      names = "--latent",
      paramLabel = "N",
      description = "The numbers of a code (${DEFAULT-VALUE}).")
  private int latent = 16;

  @Mixin private final FidOption fid = new FidOption();

  /** The command. */
  public AutoencoderCommand() {
    super("autoencoder", STEPS);
  }

  @Override
  protected Mnist data() {
    requireAtLeastOne("--latent", latent);
    fid.check();
    return Mnist.fromClassPath(PixelRange.ZERO_TO_ONE);
  }

  @Override
  protected SeedTable table() {
    return new SeedTable("net")
        .column(ENTROPY, "%.1f")
        .column("KL, nats", "%.1f")
        .column(FID, "%.1f");
  }

  @Override
  protected void study(Study study, Mnist mnist) {
    Autoencoder plain = Autoencoder.plain(latent, study.seed());
    Autoencoder variational = Autoencoder.variational(latent, study.seed());
    INDArray compared = DigitPictures.first(mnist.test().images(), COMPARED);
    List<INDArray> rows = new ArrayList<>(List.of(compared));
    for (Autoencoder nets : List.of(plain, variational)) {
      train(study, nets, mnist);
      rows.add(study.predict(nets.reconstruction(), compared));
    }
    INDArray ofPlain =
        Codes.likeCodes(study, plain, DigitPictures.first(mnist.train().images(), fid.samples()));
    INDArray normal = DigitPictures.normal(~study.seed(), fid.samples(), latent);
    study.picture(
        "reconstructions.png",
        COMPARED,
        Codes.signed(Nd4j.concat(0, rows.toArray(new INDArray[0]))));
    study.picture(
        "plain.png",
        8,
        Codes.signed(study.predict(plain.generator(), DigitPictures.first(ofPlain, SHOWN))));
    study.picture(
        "variational.png",
        8,
        Codes.signed(study.predict(variational.generator(), DigitPictures.first(normal, SHOWN))));
    study.picture(
        "between.png",
        STEPS_BETWEEN,
        Codes.signed(Codes.between(study, variational, compared, STEPS_BETWEEN)));
    ModelFile.save(variational.encoder(), study.file("encoder"));
    ModelFile.save(variational.generator(), study.file("generator"));
    if (!study.isInterrupted()) {
      AutoencoderJudge judge = new AutoencoderJudge(study, mnist, fid.samples());
      judge.measure("autoencoder", plain, ofPlain);
      judge.measure("VAE", variational, normal);
    }
  }

  private static void train(Study study, Autoencoder nets, Mnist mnist) {
    try (Trainer trainer = compile(study, nets);
        BatchIterator batches = study.batches(mnist.train(), BATCH);
        StepLoop loop = study.loop(nets.training().name(), "loss")) {
      while (loop.goesOn()) {
        loop.done(trainer.trainOnBatch(Examples.of(batches.next())).loss());
      }
    }
  }

  static Trainer compile(Study study, Autoencoder nets) {
    // region compile
    Training recipe = Training.with(Adam.rate(1e-3)).engine(study.engine()).seed(study.seed());
    for (String part : nets.training().outputs().keySet()) {
      recipe = recipe.loss(part, output()); // each output is a loss by itself
    }
    return nets.training().compile(recipe);
    // endregion
  }
}
