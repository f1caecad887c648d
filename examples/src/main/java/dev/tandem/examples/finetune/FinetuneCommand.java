package dev.tandem.examples.finetune;

import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.History;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.MarkdownTable;
import dev.tandem.examples.cli.SeedTable;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.cli.StudyCommand;
import dev.tandem.gan.data.FashionMnist;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fine-tunes a trunk in all ways to hold it still. */
@Command(
    name = "finetune",
    mixinStandardHelpOptions = true,
    description =
        "A trunk trained on digits, a new head for clothes: layer flags, model flags, selections.",
    footer = {
      "",
      "Trains a trunk on MNIST, and on it heads for a few thousand pictures of Fashion-MNIST,"
          + " which is fetched (30 MB) unless --data names a folder with its four files.",
      "",
      "Leaves in DIR: results.md, statistics.md (how far batch norm's statistics of digits are from"
          + " those of clothes) and called.png (test pictures by the class that the net tuned last"
          + " gives them). Takes about a minute on two cores."
    })
public final class FinetuneCommand extends StudyCommand<FinetuneCommand.Pictures> {

  private static final int STEPS = 600;
  private static final int BATCH = 64;
  private static final int TEST_BATCH = 500;
  private static final String IN_FIT = "accuracy in fit, %";
  private static final String AFTERWARDS = "same pictures afterwards, %";
  private static final String TEST = "test, %";
  private static final String MOVED = "weights moved";

  /**
   * What is trained on and judged with.
   *
   * @param digits to train the trunk on
   * @param clothes a few, to tune with
   * @param test all clothes to judge with
   */
  record Pictures(Dataset digits, Dataset clothes, Dataset test) {}

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Pictures of clothes to tune with (${DEFAULT-VALUE}).")
  private int images = 2_000;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Where the files of Fashion-MNIST lie, as Debian's package dataset-fashion-mnist puts"
              + " them into /usr/share/datasets/fashion-mnist; they are fetched unless given.")
  private @Nullable Path folder;

  /** The command. */
  public FinetuneCommand() {
    super("finetune", STEPS);
  }

  @Override
  protected Pictures data() {
    requireAtLeastOne("--images", images);
    Mnist clothes =
        folder == null
            ? FashionMnist.load(PixelRange.ZERO_TO_ONE)
            : Mnist.load(folder, PixelRange.ZERO_TO_ONE);
    if (images > clothes.train().size()) {
      throw wrong("--images is not at most " + clothes.train().size() + ": " + images);
    }
    return new Pictures(
        rows(Mnist.fromClassPath(PixelRange.ZERO_TO_ONE).train()),
        rows(clothes.train()).take(images),
        rows(clothes.test()));
  }

  private static Dataset rows(LabeledImages all) {
    return Dataset.builder().input("image", all.images()).target("label", all.labels()).build();
  }

  @Override
  protected SeedTable table() {
    return new SeedTable("way")
        .column(MOVED, "%.0f")
        .column(IN_FIT, "%.1f")
        .column(AFTERWARDS, "%.1f")
        .column(TEST, "%.1f");
  }

  @Override
  protected void study(Study study, Pictures data) {
    Model trunk = TunedNet.newTrunk().initialize(study.seed());
    study.out().println("trunk: " + study.steps() + " steps on digits");
    try (Trainer trainer = TunedNet.on(trunk, study.seed()).model().compile(recipe(study))) {
      trainer.fit(
          data.digits().take(Math.min(data.digits().size(), study.steps() * BATCH)), fit(study, 1));
    }
    if (study.isInterrupted()) {
      return;
    }
    statistics(study, Shift.of(trunk, data.clothes().input("image"), study.engine()));
    for (Way way : Way.ALL) {
      tune(study, way, way.net(trunk, study.seed()), data);
      if (study.isInterrupted()) {
        return;
      }
    }
  }

  private static Training recipe(Study study) {
    return Training.with(Adam.rate(2e-3))
        .loss(sparseCategoricalCrossentropy().fromLogits())
        .metrics(accuracy())
        .engine(study.engine())
        .seed(study.seed());
  }

  private static Fit fit(Study study, int epochs) {
    return Fit.epochs(epochs).batchSize(BATCH).seed(study.seed()).callbacks(study.stopping());
  }

  /** Tunes and judges; the last way shows what it calls the test pictures. */
  private static void tune(Study study, Way way, TunedNet net, Pictures data) {
    try (Trainer trainer = way.compile(net, recipe(study))) {
      int epochs = Math.max(1, study.steps() * BATCH / data.clothes().size());
      History history = trainer.fit(data.clothes(), fit(study, epochs));
      double inFit = 100 * history.last("accuracy");
      double afterwards = 100 * judge(trainer, data.clothes());
      double test = 100 * judge(trainer, data.test());
      study
          .out()
          .printf(
              Locale.ROOT,
              "%-38s in fit %.1f %%, the same pictures afterwards %.1f %%, test %.1f %%%n",
              way,
              inFit,
              afterwards,
              test);
      study.measured(way.name(), MOVED, trainer.moves().size());
      study.measured(way.name(), IN_FIT, inFit);
      study.measured(way.name(), AFTERWARDS, afterwards);
      study.measured(way.name(), TEST, test);
      if (way.equals(Way.ALL.get(Way.ALL.size() - 1)) && !study.isInterrupted()) {
        INDArray images = data.test().input("image");
        study.picture(
            "called.png", CalledSo.COLUMNS, CalledSo.images(images, trainer.predict(images)));
      }
    }
  }

  private static double judge(Trainer trainer, Dataset data) {
    return Objects.requireNonNull(trainer.evaluate(data, TEST_BATCH).get("accuracy"));
  }

  private static void statistics(Study study, List<Shift> shifts) {
    MarkdownTable table =
        new MarkdownTable(
            List.of("batch norm", "mean, in old deviations away", "deviation, times the old one"));
    for (Shift shift : shifts) {
      table.row(
          List.of(
              shift.norm(),
              String.format(Locale.ROOT, "%.2f", shift.mean()),
              String.format(Locale.ROOT, "%.2f", shift.deviation())));
    }
    study.out().print("clothes, as the trunk of digits sees them:\n" + table.text());
    WholeFile.write(study.file("statistics.md"), table.text());
  }
}
