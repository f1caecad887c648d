package dev.tandem.core.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark whose tasks are threads of this process. */
final class LocalSpark {

  private LocalSpark() {}

  static JavaSparkContext start(int threads) {
    return new JavaSparkContext(
        new SparkConf(false)
            .setMaster("local[" + threads + "]")
            .setAppName("workers")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost")
            .set("spark.driver.bindAddress", "127.0.0.1"));
  }
}
