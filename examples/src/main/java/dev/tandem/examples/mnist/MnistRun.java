package dev.tandem.examples.mnist;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.op.Engine;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One run: trains, keeps pictures, saves the generator. The same settings give the same files, to
 * the bit, on the same machine.
 *
 * @param steps alternations
 * @param batch images of a step
 * @param width channels of the widest layer
 * @param seed what everything random follows from
 * @param engine that runs the steps
 * @param directory where the files go
 */
record MnistRun(int steps, int batch, int width, long seed, Engine engine, Path directory) {

  /** The name of the images in the data set. */
  static final String IMAGE = "image";

  private static final int PICTURES = 30;
  private static final int SAMPLES = 64;

  /** Where the generator is saved. */
  Path model() {
    return directory.resolve("generator");
  }

  /** The last picture. */
  Path samples() {
    return directory.resolve("samples.png");
  }

  /**
   * Trains.
   *
   * @param data images (n, 28, 28, 1) in [-1, 1]
   * @param progress is told the losses of each step
   */
  void train(Dataset data, Consumer<DcganTraining.Result> progress) {
    Dcgan nets = Dcgan.create(width, seed);
    INDArray fixed = new NoiseSource(~seed, SAMPLES, Dcgan.LATENT).next();
    Batching batching = Batching.of(batch).shuffled(seed).droppingRemainder();
    int interval = Math.max(1, steps / PICTURES);
    try (DcganTraining training = new DcganTraining(nets, batch, seed, engine);
        BatchIterator batches =
            data.endlessBatches(batching, BatchPosition.startOf(0)).prefetched();
        Album album = new Album(directory)) {
      for (int step = 1; step <= steps; step++) {
        Batch next = batches.next();
        progress.accept(training.step(next.input(IMAGE)));
        if (step % interval == 0 || step == steps) {
          album.add(step, training.sample(fixed));
        }
      }
    }
    ModelFile.save(nets.generator(), model());
  }
}
