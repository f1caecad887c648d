package dev.tandem.examples.spark;

import dev.tandem.core.spark.SparkWorkers;
import dev.tandem.examples.gan.RunDesk;
import dev.tandem.examples.gan.WorkerRun;
import dev.tandem.examples.gan.WorkersCommand;
import dev.tandem.gan.config.Config;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a preset of gan on the executors of a cluster. */
@Command(
    name = "tandem-spark",
    mixinStandardHelpOptions = true,
    description = "Train a preset of gan on workers that are executors of Spark.",
    footer = {
      "",
      "Workers leave the bits of one process that accumulates as many batches. Pictures, numbers,"
          + " settings and the generator come to DIR on the driver's machine, checkpoints to a"
          + " folder that all machines see. Started again with the same folder of checkpoints, it"
          + " goes on from the newest."
    })
final class SparkGanCommand extends WorkersCommand {

  @Option(
      names = "--workers",
      paramLabel = "N",
      required = true,
      description = "How many workers there are, each with an executor of its own.")
  private int workers;

  @Option(
      names = "--checkpoints",
      paramLabel = "URI",
      description =
          "Where checkpoints go, as hdfs:///runs/7; without it a run that loses a worker is over.")
  private @Nullable String checkpoints;

  @Override
  protected void train(Config config, Path folder, int logEvery) {
    requireAtLeastOne("--workers", workers);
    String text = config.text();
    RunDesk desk = RunDesk.open(config, folder, out());
    out().println("workers     " + workers + ", each with a batch of the settings' size");
    out().flush();
    try (JavaSparkContext spark = new JavaSparkContext(settings())) {
      SparkWorkers run =
          SparkWorkers.of(spark)
              .count(workers)
              .listening((rank, name, content) -> desk.tell(name, content));
      if (checkpoints != null) {
        run = run.checkpoints(checkpoints).keeping(config.checkpoints().keep());
      }
      run.run(
          worker ->
              new WorkerRun(
                      Config.parse(text, "the settings of the run"),
                      worker,
                      worker.newest(),
                      worker.checkpoints(),
                      logEvery,
                      worker::tell)
                  .train());
    }
    out().println("the run is in " + folder);
  }

  /** What spark-submit says, with a name if it says none. */
  private static SparkConf settings() {
    SparkConf settings = new SparkConf();
    return settings.setAppName(settings.get("spark.app.name", "tandem"));
  }
}
