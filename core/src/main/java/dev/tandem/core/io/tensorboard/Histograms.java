package dev.tandem.core.io.tensorboard;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tensorflow.framework.HistogramProto;

/** Histograms of arrays, with bins of one width between the smallest and the largest number. */
final class Histograms {

  private static final int BINS = 40;

  private Histograms() {}

  /** That of the finite numbers of an array. */
  static HistogramProto of(INDArray array) {
    double[] values = array.dup('c').data().asDouble();
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(0);
    int bins = most > least ? BINS : 1;
    double width = (most - least) / bins;
    long[] counts = new long[bins];
    double squares = 0;
    for (double value : finite) {
      counts[bins == 1 ? 0 : (int) Math.min(bins - 1, (value - least) / width)]++;
      squares += value * value;
    }
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setMin(least)
            .setMax(most)
            .setNum(finite.length)
            .setSum(Arrays.stream(finite).sum())
            .setSumSquares(squares);
    for (int bin = 0; bin < bins; bin++) {
      histogram.addBucketLimit(bin == bins - 1 ? most : least + (bin + 1) * width);
      histogram.addBucket(counts[bin]);
    }
    return histogram.build();
  }
}
