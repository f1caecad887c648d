package dev.tandem.examples.siamese;

import static dev.tandem.core.loss.Losses.contrastive;
import static dev.tandem.core.loss.Losses.triplet;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.SeedTable;
import dev.tandem.examples.cli.StepLoop;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.cli.StudyCommand;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a siamese net and judges it on digits that it never saw. */
@Command(
    name = "siamese",
    mixinStandardHelpOptions = true,
    description = "One embedding net called on both images of a pair: same digit or not?",
    footer = {
      "",
      "It learns distances on some digits of MNIST and is judged on pairs of the others, which it"
          + " never saw. Pairs are called the same below a distance that is best for pairs of the"
          + " digits trained on; beside it stands what the best distance for the pairs themselves"
          + " would give.",
      "",
      "Leaves in DIR: neighbors.png, with the nearest test images of unseen digits, the embedding"
          + " net, for ModelFile.load, and results.md. Takes about a minute on two cores."
    })
public final class SiameseCommand extends StudyCommand<SiameseCommand.Digits> {

  private static final int STEPS = 1_500;
  private static final int BATCH = 64;

  /** What is learned from. */
  enum Way {
    CONTRASTIVE,
    TRIPLET
  }

  /**
   * MNIST in two parts.
   *
   * @param mnist all of it
   * @param seen the digits to train on
   * @param unseen the digits to judge with
   */
  record Digits(
      Mnist mnist, ImmutableSortedSet<Integer> seen, ImmutableSortedSet<Integer> unseen) {}

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description = "contrastive, from pairs (default), or triplet.")
  private Way way = Way.CONTRASTIVE;

  @Option(
      names = "--unseen",
      paramLabel = "DIGITS",
      split = ",",
      description = "The digits to judge with (7,8,9); the others are trained on.")
  private List<Integer> held = List.of(7, 8, 9);

  /** The command. */
  public SiameseCommand() {
    super("siamese", STEPS);
  }

  @Override
  protected Digits data() {
    ImmutableSortedSet<Integer> all =
        IntStream.range(0, 10)
            .boxed()
            .collect(ImmutableSortedSet.toImmutableSortedSet(Integer::compare));
    ImmutableSortedSet<Integer> unseen = ImmutableSortedSet.copyOf(held);
    ImmutableSortedSet<Integer> seen = ImmutableSortedSet.copyOf(Sets.difference(all, unseen));
    if (!all.containsAll(unseen) || unseen.size() < 2 || seen.size() < 2) {
      throw wrong("--unseen takes 2 to 8 digits of 0 to 9, as in 7,8,9, and not " + held);
    }
    return new Digits(Mnist.fromClassPath(PixelRange.ZERO_TO_ONE), seen, unseen);
  }

  @Override
  protected SeedTable table() {
    return new SeedTable("distance, digits")
        .column("pairs right, %", "%.1f")
        .column("at their best, %", "%.1f")
        .column("AUC", "%.4f")
        .column("one shot right, %", "%.1f");
  }

  @Override
  protected void study(Study study, Digits data) {
    SiameseNets nets = SiameseNets.create(study.seed());
    train(study, nets, DigitRows.of(data.mnist().train(), data.seen()));
    LabeledImages test = data.mnist().test();
    float[][] points = points(nets, test, study);
    study.picture(
        "neighbors.png",
        Neighbors.COLUMNS,
        Neighbors.images(DigitRows.of(test, data.unseen()), points));
    ModelFile.save(nets.embedding(), study.file("embedding"));
    if (!study.isInterrupted()) {
      LabeledImages trained = data.mnist().train();
      judge(study, data, "pixels", pixels(trained), pixels(test));
      judge(study, data, "embedding", points(nets, trained, study), points);
    }
  }

  // region train
  private void train(Study study, SiameseNets nets, DigitRows learned) {
    boolean byPairs = way == Way.CONTRASTIVE;
    DataSource source = byPairs ? new PairSource(learned) : new TripletSource(learned);
    Training recipe =
        Training.with(Adam.rate(1e-3))
            .loss(byPairs ? contrastive() : triplet())
            .engine(study.engine())
            .seed(study.seed());
    try (Trainer trainer = (byPairs ? nets.pairs() : nets.triplets()).compile(recipe);
        BatchIterator batches = batches(source, study.seed());
        StepLoop loop = study.loop("siamese", "loss")) {
      while (loop.goesOn()) {
        loop.done(trainer.trainOnBatch(Examples.of(batches.next())).loss());
      }
    }
  }

  // endregion

  private static BatchIterator batches(DataSource source, long seed) {
    return source
        .endlessBatches(Batching.of(BATCH).shuffled(seed), BatchPosition.startOf(0))
        .prefetched();
  }

  /** The embedding net by itself, on one image at a time. */
  private static float[][] points(SiameseNets nets, LabeledImages images, Study study) {
    try (Predictor predictor = Predictor.of(nets.embedding(), study.engine())) {
      return predictor.predict(images.images()).toFloatMatrix();
    }
  }

  private static float[][] pixels(LabeledImages images) {
    INDArray all = images.images();
    return all.reshape(all.size(0), 28 * 28).toFloatMatrix();
  }

  /** The threshold is found on pairs of the digits that were trained on. */
  private static void judge(
      Study study, Digits data, String what, float[][] trained, float[][] points) {
    DigitRows known = DigitRows.of(data.mnist().train(), data.seen());
    double threshold = new PairJudge(known, trained).distances().bestThreshold();
    LabeledImages test = data.mnist().test();
    DigitRows seen = DigitRows.of(test, data.seen());
    DigitRows unseen = DigitRows.of(test, data.unseen());
    judge(study, what + ", seen digits", new PairJudge(seen, points), threshold);
    judge(study, what + ", unseen digits", new PairJudge(unseen, points), threshold);
  }

  private static void judge(Study study, String row, PairJudge judge, double threshold) {
    PairJudge.Distances distances = judge.distances();
    study.measured(row, "pairs right, %", 100 * distances.accuracy(threshold));
    study.measured(row, "at their best, %", 100 * distances.accuracy(distances.bestThreshold()));
    study.measured(row, "AUC", distances.auc());
    study.measured(row, "one shot right, %", 100 * judge.oneShot());
  }
}
