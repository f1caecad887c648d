package dev.tandem.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.GradientCheck;
import dev.tandem.core.op.SampleArrays;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Triplets that are found in a batch, against loops over all of them. */
class BatchTripletLossTest {

  private static final INDArray EMBEDDINGS = SampleArrays.normal(8, 7, 3);
  private static final int[] LABELS = {0, 1, 0, 2, 1, 0, 3};

  private static double distance(int a, int b) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double apart = EMBEDDINGS.getDouble(a, i) - EMBEDDINGS.getDouble(b, i);
      sum += apart * apart;
    }
    return sum;
  }

  private static double[] distances(int anchor, boolean ofItsClass) {
    return IntStream.range(0, LABELS.length)
        .filter(other -> other != anchor && LABELS[other] == LABELS[anchor] == ofItsClass)
        .mapToDouble(other -> distance(anchor, other))
        .toArray();
  }

  private static double mean(Loss loss, INDArray embeddings, int... labels) {
    double[] losses = LossRun.perSample(loss, embeddings, Nd4j.createFromArray(labels));
    return Arrays.stream(losses).average().orElseThrow();
  }

  @Test
  void semiHard_holdsEachPairAgainstTheNearestNegativeBeyondIt() {
    double sum = 0;
    int pairs = 0;
    for (int anchor = 0; anchor < LABELS.length; anchor++) {
      double[] negatives = distances(anchor, false);
      for (double positive : distances(anchor, true)) {
        double negative =
            Arrays.stream(negatives)
                .filter(d -> d > positive)
                .min()
                .orElse(Arrays.stream(negatives).max().orElseThrow());
        sum += Math.max(positive - negative + .5, 0);
        pairs++;
      }
    }
    assertThat(pairs).isEqualTo(8);
    assertThat(mean(Losses.batchTriplet(.5), EMBEDDINGS, LABELS))
        .isCloseTo(sum / pairs, within(1e-9));
  }

  @Test
  void hard_takesTheFarthestPositiveAndTheNearestNegative() {
    double sum = 0;
    int anchors = 0;
    for (int anchor = 0; anchor < LABELS.length; anchor++) {
      double[] positives = distances(anchor, true);
      if (positives.length > 0) {
        double far = Arrays.stream(positives).max().orElseThrow();
        double near = Arrays.stream(distances(anchor, false)).min().orElseThrow();
        sum += Math.max(far - near + 1, 0);
        anchors++;
      }
    }
    assertThat(anchors).isEqualTo(5);
    assertThat(mean(Losses.batchTriplet().hard(), EMBEDDINGS, LABELS))
        .isCloseTo(sum / anchors, within(1e-9));
  }

  @Test
  void batches_withoutTriplets_haveTheLossZero() {
    for (Loss loss : List.of(Losses.batchTriplet(), Losses.batchTriplet().hard())) {
      assertThat(mean(loss, EMBEDDINGS, 0, 1, 2, 3, 4, 5, 6)).isZero();
      assertThat(mean(loss, EMBEDDINGS, 4, 4, 4, 4, 4, 4, 4)).isZero();
      assertThat(LossRun.gradient(loss, EMBEDDINGS, Nd4j.createFromArray(4, 4, 4, 4, 4, 4, 4)))
          .containsOnly(0);
    }
  }

  @Test
  void gradients_areThoseOfDifferences() {
    INDArray labels = Nd4j.createFromArray(LABELS);
    for (Loss loss : List.of(Losses.batchTriplet(), Losses.batchTriplet(2).hard())) {
      GradientCheck.of(
              (ops, values) -> loss.perSample(ops, values.get(0), ops.constant(labels)),
              List.of(EMBEDDINGS))
          .secondOrder();
    }
  }

  @Test
  void predictionsThatAreNoEmbeddings_areRefused() {
    assertThatThrownBy(
            () ->
                LossRun.perSample(
                    Losses.batchTriplet(), Nd4j.ones(2, 3, 4), Nd4j.createFromArray(0, 1)))
        .hasMessageContaining("one embedding for each sample, (batch, size), got (2, 3, 4)");
    assertThatThrownBy(() -> Losses.batchTriplet(0)).hasMessageContaining("margin");
  }
}
