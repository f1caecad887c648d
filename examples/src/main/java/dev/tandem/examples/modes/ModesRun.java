package dev.tandem.examples.modes;

import dev.tandem.core.op.Engine;
import dev.tandem.core.train.callback.Progress;
import dev.tandem.core.worker.Workers;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.examples.gan.GanData;
import dev.tandem.examples.gan.Painter;
import dev.tandem.examples.gan.Samples;
import dev.tandem.gan.config.WorkerSettings;
import dev.tandem.gan.image.PngFile;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a preset on a protocol's data, and counts the modes of what it makes.
 *
 * @param protocol what modes are counted in
 * @param preset what is trained
 * @param batch samples of a worker in a step; empty for those of the preset
 * @param steps rounds of training
 * @param workers that train together
 * @param engine that runs the steps of the first one
 * @param directory where the pictures go
 */
record ModesRun(
    Protocol protocol,
    Preset preset,
    OptionalInt batch,
    long steps,
    WorkerSettings workers,
    Engine engine,
    Path directory) {

  /**
   * One seed. Leaves a picture: points over real ones, or a grid of images.
   *
   * @throws IllegalArgumentException if the preset does not fit the data
   */
  SeedResult run(long seed) {
    GanData data = protocol.data(seed);
    return workers.where().isEmpty()
        ? lead(data, seed, Workers.alone())
        : DeviceChoice.threads(workers)
            .call(
                worker -> {
                  if (worker.rank() == 0) {
                    return Optional.of(lead(data, seed, worker));
                  }
                  try (AdversarialTrainer trainer =
                      recipe(data, seed, worker).start(data.dataset())) {
                    trainer.train(steps);
                    return Optional.<SeedResult>empty();
                  }
                })
            .get(0)
            .orElseThrow();
  }

  private AdversarialTraining recipe(GanData data, long seed, Workers worker) {
    AdversarialTraining recipe =
        protocol.recipe(preset, data, seed).over(worker, workers.exchange());
    return batch.isPresent() ? recipe.batch(batch.getAsInt()) : recipe;
  }

  private SeedResult lead(GanData data, long seed, Workers worker) {
    try (AdversarialTrainer trainer =
        recipe(data, seed, worker).engine(engine).start(data.dataset())) {
      long begin = System.nanoTime();
      train(trainer, seed);
      double seconds = (System.nanoTime() - begin) / 1e9;
      PngFile.write(new Painter(data).paint(trainer), picture(seed));
      try (INDArray samples = Samples.asInData(trainer, data, protocol.samples(), seed)) {
        ModeReport report = protocol.measure(samples, seed);
        long done = trainer.counters().rounds();
        return new SeedResult(protocol.name(), preset.name(), seed, report, done, seconds);
      }
    }
  }

  private void train(AdversarialTrainer trainer, long seed) {
    try (Progress bar = Progress.of("seed " + seed, steps).labels("D", "G")) {
      trainer
          .with(
              new AdversarialCallback() {
                @Override
                public void onRound(AdversarialTrainer of, Round round) {
                  bar.step(() -> new double[] {round.discriminatorLoss(), round.generatorLoss()});
                }
              })
          .train(steps);
    }
  }

  private Path picture(long seed) {
    return directory.resolve(protocol.name() + "-" + preset.name() + "-seed" + seed + ".png");
  }
}
