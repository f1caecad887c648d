package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inception score (Salimans et al., arXiv 1606.03498) of any classifier: {@code exp E KL(p(y|x) ‖
 * p(y))}, the mean over ten splits of the samples. It lies between 1 and the number of classes, and
 * more is better: its floor, the score of real samples, is rather a ceiling.
 *
 * <p>The standard error is that of the mean of the ten splits.
 */
public final class InceptionScore {

  private static final String NAME = "IS";
  private static final int SPLITS = 10;

  private InceptionScore() {}

  /**
   * Measures generated samples.
   *
   * @param real what the floor is taken from
   * @param fake generated samples with logits; at least ten times as many as classes
   * @param seed what the splits follow from
   * @throws IllegalArgumentException if there are too few samples, no logits, or extractors differ
   */
  public static Score measure(RealFeatures real, Features fake, long seed) {
    real.requireComparable(fake);
    int classes = Math.toIntExact(logits(fake).size(1));
    SampleSize.require(
        NAME,
        (long) SPLITS * classes,
        SPLITS + " splits of at least one sample for each of " + classes + " classes",
        real,
        fake);
    return Score.of(
        NAME,
        estimate(logits(fake), seed),
        new Bounds(1, classes),
        estimate(logits(real.standIn(fake)), seed).value(),
        Sampling.of(real, fake, seed));
  }

  private static INDArray logits(Features features) {
    return features
        .logits()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    NAME
                        + " needs a classifier's logits, but "
                        + features.space()
                        + " has features alone; give the extractor an output of logits"));
  }

  private static Estimate estimate(INDArray logits, long seed) {
    int count = Math.toIntExact(logits.size(0));
    int[] order = Shuffle.order(count, CounterRandom.of(seed, CounterRandom.seedOf(NAME)));
    double[] scores = new double[SPLITS];
    for (int split = 0; split < SPLITS; split++) {
      int from = (int) ((long) count * split / SPLITS);
      int to = (int) ((long) count * (split + 1) / SPLITS);
      scores[split] = score(Matrices.gather(logits, order, from, to));
    }
    return Estimate.mean(scores);
  }

  /** The score of logits (n, classes), without splits. */
  static double score(INDArray logits) {
    int count = Math.toIntExact(logits.size(0));
    int classes = Math.toIntExact(logits.size(1));
    double[] logs = Matrices.values(logits);
    double[] marginal = new double[classes];
    double negativeEntropy = 0;
    for (int i = 0; i < count; i++) {
      double shift = logSumExp(logs, i * classes, classes);
      for (int j = 0; j < classes; j++) {
        double log = logs[i * classes + j] - shift;
        double probability = Math.exp(log);
        marginal[j] += probability / count;
        negativeEntropy += probability == 0 ? 0 : probability * log / count;
      }
    }
    double marginalEntropy = 0;
    for (double probability : marginal) {
      marginalEntropy -= probability == 0 ? 0 : probability * Math.log(probability);
    }
    return Math.exp(negativeEntropy + marginalEntropy);
  }

  private static double logSumExp(double[] values, int from, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += Math.exp(values[i] - largest);
    }
    return largest + Math.log(sum);
  }
}
