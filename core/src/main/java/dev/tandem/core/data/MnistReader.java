package dev.tandem.core.data;

import dev.tandem.core.backend.Backend;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Turns the four files of MNIST into arrays, and refuses files that do not fit together. */
final class MnistReader {

  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private final MnistSource source;
  private final float[] levels;

  MnistReader(MnistSource source, PixelRange range) {
    this.source = source;
    this.levels = range.table();
  }

  Mnist read() {
    return new Mnist(part("train"), part("t10k"));
  }

  private LabeledImages part(String part) {
    Backend.require();
    IdxFile images = source.read(part + "-images-idx3-ubyte");
    IdxFile labels = source.read(part + "-labels-idx1-ubyte");
    int[] sizes = images.dimensions();
    require(images, "(n, 28, 28)", sizes.length == 3 && sizes[1] == SIDE && sizes[2] == SIDE);
    require(labels, "(n)", labels.dimensions().length == 1);
    if (labels.size() != sizes[0]) {
      throw new DataFileException(
          labels.name(),
          String.format(
              Locale.ROOT,
              "holds %d labels, but %s holds %d images; are the two files of one set?",
              labels.size(),
              images.name(),
              sizes[0]));
    }
    return new LabeledImages(scaled(images, sizes[0]), classes(labels));
  }

  private static void require(IdxFile file, String shape, boolean holds) {
    if (file.type() != IdxType.UNSIGNED_BYTE || !holds || file.size() == 0) {
      throw new DataFileException(
          file.name(),
          String.format(
              Locale.ROOT,
              "expected elements UNSIGNED_BYTE of shape %s with n at least 1, got %s %s; is it a"
                  + " file of MNIST?",
              shape,
              file.type(),
              Arrays.toString(file.dimensions())));
    }
  }

  /** Converts image by image, straight into the array's memory: the whole set is large. */
  private INDArray scaled(IdxFile file, int count) {
    INDArray images = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', count, SIDE, SIDE, 1);
    FloatPointer target = new FloatPointer(images.data().addressPointer());
    ByteBuffer pixels = file.data();
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < image.length; j++) {
        image[j] = levels[pixels.get() & 0xFF];
      }
      target.position((long) i * image.length).put(image);
    }
    Nd4j.getAffinityManager().tagLocation(images, AffinityManager.Location.HOST);
    return images;
  }

  private static INDArray classes(IdxFile file) {
    int[] labels = file.toInts();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= CLASSES) {
        throw new DataFileException(
            file.name(),
            String.format(
                Locale.ROOT,
                "label %d is not in [0, %d): %d; is it a file of MNIST?",
                i,
                CLASSES,
                labels[i]));
      }
    }
    return Nd4j.createFromArray(labels);
  }
}
