package dev.tandem.examples.spark.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** The mean by a job of Spark a step: it is broadcast, and gradients come back to the driver. */
final class TreeAggregate {

  private static final int WARM = 3;
  private static final int DEPTH = 2;

  private TreeAggregate() {}

  /** What steps take, in ms. */
  static double[] measure(JavaSparkContext spark, int workers, int length, int steps) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      ranks.add(rank);
    }
    JavaRDD<Integer> rdd = spark.parallelize(ranks, workers);
    double[] millis = new double[steps];
    float[] mean = new float[length];
    Arrays.fill(mean, 1);
    for (int step = -WARM; step < steps; step++) {
      long begin = System.nanoTime();
      Broadcast<float[]> last = spark.broadcast(mean);
      float[] sum =
          rdd.mapPartitions(rows -> List.of(last.value().clone()).iterator())
              .treeAggregate(new float[0], TreeAggregate::add, TreeAggregate::add, DEPTH);
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= workers;
      }
      mean = sum;
      last.destroy();
      if (step >= 0) {
        millis[step] = (System.nanoTime() - begin) / 1e6;
      }
    }
    if (mean.length != length || mean[0] != 1 || mean[length - 1] != 1) {
      throw new IllegalStateException("the mean of ones is not one");
    }
    return millis;
  }

  private static float[] add(float @Nullable [] sum, float @Nullable [] more) {
    if (sum == null || sum.length == 0) {
      return more == null ? new float[0] : more;
    }
    for (int i = 0; more != null && i < more.length; i++) {
      sum[i] += more[i];
    }
    return sum;
  }
}
