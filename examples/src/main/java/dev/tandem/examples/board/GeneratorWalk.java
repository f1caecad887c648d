package dev.tandem.examples.board;

import dev.tandem.core.train.Predictor;
import dev.tandem.dashboard.LatentWalk;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.examples.trained.Slerp;
import dev.tandem.gan.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Ways along a sphere (for uniform noise, straight) through three latents and back, by the
 * generator that a run left: samples side by side, a row for each place on the way.
 */
final class GeneratorWalk implements LatentWalk {

  private static final int STOPS = 3;
  private static final long MOST_PIXELS = 24L << 20;

  @Override
  public Frames draw(Path run, Ask ask) throws IOException {
    GeneratorFile generator = GeneratorFile.load(run).requireNoise(run);
    if (!generator.makesImages()) {
      throw new IllegalArgumentException(
          "the generator makes points, and ways between them are no pictures");
    }
    long[] shape = generator.model().output().spec().shape().sample().toArray();
    long pixels = shape[0] * shape[1] * ask.count() * ask.frames();
    if (pixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "that would be "
              + (pixels >> 20)
              + " million pixels, of at most "
              + (MOST_PIXELS >> 20)
              + "; ask for fewer samples or frames");
    }
    int[] labels = generator.labels(label(ask.label()), ask.count());
    List<INDArray> rows = new ArrayList<>();
    try (Predictor predictor = Predictor.of(generator.model());
        INDArray stops = generator.noise(STOPS * ask.count(), ask.seed())) {
      for (int frame = 0; frame < ask.frames(); frame++) {
        double part = frame / (double) ask.frames();
        try (INDArray noise = at(generator, stops, ask.count(), part)) {
          rows.add(generator.sample(predictor, noise, labels));
        }
      }
      try (INDArray all = Nd4j.concat(0, rows.toArray(INDArray[]::new))) {
        return new Frames(png(new ImageGrid(ask.count(), 0, 1).draw(all)), ask.frames());
      }
    } finally {
      rows.forEach(INDArray::close);
    }
  }

  private static List<Integer> label(OptionalInt label) {
    return label.isPresent() ? List.of(label.getAsInt()) : List.of();
  }

  /** The latents at a part of the way round. */
  private static INDArray at(GeneratorFile generator, INDArray stops, int count, double part) {
    int first = (int) (part * STOPS);
    int second = (first + 1) % STOPS;
    INDArray from = stops.get(NDArrayIndex.interval(first * count, (first + 1) * count)).dup('c');
    INDArray to = stops.get(NDArrayIndex.interval(second * count, (second + 1) * count)).dup('c');
    double between = part * STOPS - first;
    return generator.fillsACube()
        ? Slerp.straight(from, to, between)
        : Slerp.between(from, to, between);
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }
}
