package dev.tandem.examples.spark.bench;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.spark.SparkWorker;
import dev.tandem.core.spark.SparkWorkers;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures what an exchange takes between the executors of a cluster beside a job of Spark that
 * does the same, and how much of the work of one worker's time two and more do: {@code spark-submit
 * --class dev.tandem.examples.spark.bench.ExchangeBench JAR WORKERS ROUNDS}.
 */
public final class ExchangeBench {

  private static final int[] MEGABYTES = {1, 5, 25};
  private static final int EXCHANGES = 40;
  private static final int JOBS = 12;
  private static final int WARM = 8;
  private static final int STEPS = 25;
  private static final int WARM_STEPS = 5;
  private static final int BATCH = 64;
  private static final int SIDE = 28;
  private static final int ROWS = 1024;

  private final JavaSparkContext spark;
  private final int workers;
  private final PrintStream out;

  private ExchangeBench(JavaSparkContext spark, int workers, PrintStream out) {
    this.spark = spark;
    this.workers = workers;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @param args how many workers, and how many rounds, each of all measurements
   */
  public static void main(String... args) {
    int workers = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("exchange"))) {
      ExchangeBench bench = new ExchangeBench(spark, workers, System.out);
      for (int round = 0; round < rounds; round++) {
        bench.exchanges(round);
        bench.training(round);
      }
    }
  }

  private void exchanges(int round) {
    double[][] ofWorkers =
        SparkWorkers.of(spark).count(workers).call(ExchangeBench::exchanged).get(0);
    for (int i = 0; i < MEGABYTES.length; i++) {
      double exchange = median(ofWorkers[i]);
      double job = median(TreeAggregate.measure(spark, workers, length(MEGABYTES[i]), JOBS));
      out.printf(
          Locale.ROOT,
          "round %d, %d workers, %d MB: exchange %.1f ms, treeAggregate and broadcast %.1f ms,"
              + " x %.1f%n",
          round,
          workers,
          MEGABYTES[i],
          exchange,
          job,
          job / exchange);
    }
    out.flush();
  }

  private static int length(int megabytes) {
    return megabytes * 1_000_000 / Float.BYTES;
  }

  private static double[][] exchanged(SparkWorker worker) {
    List<double[]> all = new ArrayList<>();
    for (int megabytes : MEGABYTES) {
      float[] numbers = new float[length(megabytes)];
      double[] millis = new double[EXCHANGES];
      for (int i = -WARM; i < EXCHANGES; i++) {
        Arrays.fill(numbers, worker.rank());
        long begin = System.nanoTime();
        worker.mean(numbers, new double[0], 1);
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        float expected = (worker.count() - 1) / 2f;
        if (Math.abs(numbers[numbers.length - 1] - expected) > 1e-3) {
          throw new IllegalStateException(numbers[numbers.length - 1] + " is not " + expected);
        }
      }
      all.add(millis);
    }
    return all.toArray(double[][]::new);
  }

  private void training(int round) {
    double alone =
        SparkWorkers.of(spark).count(1).call(worker -> trained(Workers.alone())).get(0)[0];
    double[] together = SparkWorkers.of(spark).count(workers).call(ExchangeBench::trained).get(0);
    out.printf(
        Locale.ROOT,
        "round %d, dcgan28 of batches of %d: alone %.1f ms a round, %d workers %.1f ms, of it %.1f"
            + " ms exchange and waiting (%.2f MB); efficiency %.2f%n",
        round,
        BATCH,
        alone,
        workers,
        together[0],
        together[1],
        together[2] / 1e6,
        alone / together[0]);
    out.flush();
  }

  /** The median time of a round, the mean time of exchanges in it, both in ms, and its bytes. */
  private static double[] trained(Workers worker) {
    TimedWorkers timed = new TimedWorkers(worker);
    float[] pixels = new float[ROWS * SIDE * SIDE];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat() * 2 - 1;
    }
    Dataset data =
        Dataset.builder()
            .input("samples", Nd4j.createFromArray(pixels).reshape(ROWS, SIDE, SIDE, 1))
            .build();
    try (AdversarialTrainer trainer =
        Presets.named("dcgan")
            .forSamples(Shape.of(SIDE, SIDE, 1))
            .batch(BATCH)
            .seed(1)
            .over(timed)
            .start(data)) {
      trainer.train(WARM_STEPS);
      timed.takeMillis();
      timed.takeBytes();
      double[] millis = new double[STEPS];
      for (int i = 0; i < STEPS; i++) {
        long begin = System.nanoTime();
        trainer.train(1);
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
      return new double[] {
        median(millis), timed.takeMillis() / STEPS, (double) timed.takeBytes() / STEPS
      };
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
