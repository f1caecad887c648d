package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pictures of one size as one array that is filled row by row: gray until a color comes. */
final class PixelStack {

  private final String name;
  private final int count;
  private final float[] table = new float[256];
  private float[] row = {};
  private INDArray images;
  private int filled;

  /**
   * Room for pictures.
   *
   * @param name of the data, for messages
   * @param count how many there will be
   * @param first one of them
   * @throws DataFileException if there is no memory for so many
   */
  PixelStack(String name, int count, Picture first, PixelRange range) {
    this.name = name;
    this.count = count;
    for (int level = 0; level < table.length; level++) {
      table[level] = range.of(level);
    }
    this.images = allocate(first, first.isGray() ? 1 : Picture.COLORS);
  }

  /** Takes the next picture. */
  void add(Picture picture) {
    if (channels() == 1 && !picture.isGray()) {
      widen(picture);
    }
    picture.write(row, channels(), table);
    put(images, (long) filled * row.length, row);
    filled++;
  }

  /** The array: float32 {@code (count, height, width, 1 or 3)}. */
  INDArray images() {
    return images;
  }

  private int channels() {
    return (int) images.size(3);
  }

  /** Gives those that are there three channels. */
  private void widen(Picture picture) {
    INDArray grays = images;
    float[] gray = row;
    images = allocate(picture, Picture.COLORS);
    for (int i = 0; i < filled; i++) {
      pointer(grays).position((long) i * gray.length).get(gray);
      for (int j = 0; j < row.length; j++) {
        row[j] = gray[j / Picture.COLORS];
      }
      put(images, (long) i * row.length, row);
    }
    grays.close();
  }

  private INDArray allocate(Picture like, int channels) {
    row = new float[like.height() * like.width() * channels];
    ArrayMemory.require(
        name,
        String.format(
            Locale.ROOT,
            "%s pictures of %s pixels in %d channels",
            Amounts.count(count),
            like.size(),
            channels),
        Math.multiplyExact((long) count * row.length, Float.BYTES));
    return Nd4j.createUninitialized(
        DataType.FLOAT, new long[] {count, like.height(), like.width(), channels}, 'c');
  }

  private static void put(INDArray array, long offset, float[] values) {
    pointer(array).position(offset).put(values);
  }

  private static FloatPointer pointer(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    return new FloatPointer(array.data().addressPointer());
  }
}
