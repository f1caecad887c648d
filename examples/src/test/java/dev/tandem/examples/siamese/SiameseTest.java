package dev.tandem.examples.siamese;

import static dev.tandem.core.loss.Losses.contrastive;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.Studies;
import dev.tandem.examples.digits.FewDigits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiameseTest {

  private static final Mnist MNIST = FewDigits.of(PixelRange.ZERO_TO_ONE, 300);

  @Test
  void embedding_ofAllModels_isOneNetThatAStepOfPairsMoves() {
    SiameseNets nets = SiameseNets.create(1);
    assertThat(nets.pairs().weights()).containsExactlyElementsOf(nets.embedding().weights());
    assertThat(nets.triplets().weights()).containsExactlyElementsOf(nets.embedding().weights());

    PairSource source = new PairSource(DigitRows.of(MNIST.train(), ImmutableSortedSet.of(0, 1)));
    try (Trainer trainer =
            nets.pairs().compile(Training.with(Adam.rate(1e-3)).loss(contrastive()).seed(1));
        BatchIterator batches =
            source.endlessBatches(Batching.of(16).shuffled(1), BatchPosition.START)) {
      double first = trainer.trainOnBatch(Examples.of(batches.next())).loss();
      double last = 0;
      for (int i = 0; i < 20; i++) {
        last = trainer.trainOnBatch(Examples.of(batches.next())).loss();
      }
      assertThat(last).isLessThan(first / 2);
    }
  }

  @Test
  void pairs_drawn_areOfTheDigitsAskedForAndHalfOfThemAlike() {
    int[] labels = MNIST.train().labels().toIntVector();
    DigitRows digits = DigitRows.of(MNIST.train(), ImmutableSortedSet.of(3, 5, 8));
    int same = 0;
    for (int i = 0; i < 400; i++) {
      DigitRows.Pair pair = digits.pair(CounterRandom.of(2, i));
      assertThat(labels[pair.left()]).isIn(3, 5, 8);
      assertThat(labels[pair.left()] == labels[pair.right()]).isEqualTo(pair.same());
      same += pair.same() ? 1 : 0;
      int[] triplet = digits.triplet(CounterRandom.of(3, i));
      assertThat(labels[triplet[0]]).isEqualTo(labels[triplet[1]]).isNotEqualTo(labels[triplet[2]]);
    }
    assertThat(same).isBetween(160, 240);
    Batch batch =
        new PairSource(digits).batches(Batching.of(8).shuffled(1), BatchPosition.START).next();
    assertThat(batch.input("left").shape()).containsExactly(8, 28, 28, 1);
  }

  @Test
  void judge_ofPointsThatAreTheDigit_findsEverythingRight() {
    int[] labels = MNIST.test().labels().toIntVector();
    float[][] points = new float[labels.length][1];
    for (int i = 0; i < labels.length; i++) {
      points[i][0] = labels[i];
    }
    PairJudge judge =
        new PairJudge(DigitRows.of(MNIST.test(), ImmutableSortedSet.of(1, 4, 7)), points);

    PairJudge.Distances distances = judge.distances();

    assertThat(distances.auc()).isEqualTo(1);
    assertThat(distances.accuracy(distances.bestThreshold())).isEqualTo(1);
    assertThat(judge.oneShot()).isEqualTo(1);
  }

  @Test
  void study_ofTwoSteps_leavesItsFilesAndNumbers(@TempDir Path folder) {
    SiameseCommand command = new SiameseCommand();
    SiameseCommand.Digits digits =
        new SiameseCommand.Digits(
            MNIST, ImmutableSortedSet.of(0, 1, 2, 3), ImmutableSortedSet.of(7, 8, 9));

    String table = Studies.run(command, command::study, 2, folder, digits);

    assertThat(folder).isDirectoryContaining("glob:**neighbors.png");
    assertThat(folder.resolve("embedding")).isNotEmptyDirectory();
    assertThat(table).contains("embedding, unseen digits", "pixels, seen digits");
  }
}
