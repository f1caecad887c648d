package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of one size, as bytes in a file that is mapped into memory, each with its class. Its
 * columns are an input {@code samples}, which is float32 (batch, height, width, channels) in [−1,
 * 1] in batches, and, if there are classes, a target {@code labels}, int32 (batch,). Any number of
 * threads may read it.
 */
public final class ImageSet implements RowSource {

  /** The name of the input. */
  public static final String SAMPLES = "samples";

  /** The name of the target. */
  public static final String LABELS = "labels";

  private static final int LEVELS = 256;

  private final String name;
  private final PixelFile file;
  private final PixelIndex index;

  ImageSet(String name, PixelFile file) {
    this.name = name;
    this.file = file;
    this.index = file.index();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return index.count();
  }

  @Override
  public ImmutableList<Column> columns() {
    Column samples =
        Column.input(SAMPLES, DataType.UINT8, sample()).scaled(PixelRange.MINUS_ONE_TO_ONE);
    return classes().isEmpty()
        ? ImmutableList.of(samples)
        : ImmutableList.of(samples, Column.target(LABELS, DataType.INT32, Shape.scalar()));
  }

  @Override
  public void read(int column, int row, ByteBuffer into) {
    if (column == 0) {
      file.read(row, into);
    } else {
      into.putInt(file.label(row));
    }
  }

  /** The path of the picture. */
  @Override
  public String place(int row) {
    return Unread.shown(files().get(row));
  }

  /** The size of each. */
  public ImageSize imageSize() {
    return index.size();
  }

  /** 1 for gray, 3 for red, green and blue. */
  public int channels() {
    return index.channels();
  }

  /** The shape of an image: (height, width, channels). */
  public Shape sample() {
    return Shape.of(index.size().height(), index.size().width(), index.channels());
  }

  /** The names of the classes in the order of their labels, empty if there are none. */
  public ImmutableList<String> classes() {
    return index.classes();
  }

  /** The labels of all images, as a new array; zeros if there are no classes. */
  public int[] labels() {
    return file.labels();
  }

  /** How many images each class has, as a new array. */
  public int[] countByClass() {
    int[] counts = new int[Math.max(1, classes().size())];
    for (int label : file.labels()) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * Where each image came from: its path, with what is no letter of ASCII written as {@code %C3}.
   */
  public ImmutableList<String> files() {
    return index.files();
  }

  /** What lies there and is not in the set. */
  public ImmutableList<LeftOut> leftOut() {
    return index.leftOut();
  }

  /** What readers found odd in files that were read. */
  public ImmutableList<String> remarks() {
    return index.remarks();
  }

  /** SHA-256 of images and labels, in hexadecimal digits. */
  public String digest() {
    return index.digest();
  }

  /** The bytes of an image: rows, columns, channels; a new array. */
  public byte[] image(int row) {
    byte[] levels = new byte[index.rowBytes()];
    file.read(row, ByteBuffer.wrap(levels));
    return levels;
  }

  /**
   * Some images as a new array.
   *
   * @param from the first one
   * @param to the one behind the last
   * @param range what levels are scaled to
   * @return float32 (to − from, height, width, channels)
   * @throws IllegalArgumentException if {@code 0 <= from < to <= size()} does not hold
   */
  public INDArray images(int from, int to, PixelRange range) {
    if (from < 0 || from >= to || to > size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images [%d, %d) are no part of at least one of [0, %d) of %s",
              from,
              to,
              size(),
              name));
    }
    Backend.require();
    INDArray images =
        Nd4j.createUninitialized(DataType.FLOAT, sample().prepend(to - from).toArray(), 'c');
    FloatBuffer values = FloatMemory.write(images);
    float[] table = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = range.of(level);
    }
    for (int row = from; row < to; row++) {
      for (byte level : image(row)) {
        values.put(table[level & 0xFF]);
      }
    }
    return images;
  }

  /**
   * Pairs up the pictures of two folders: each belongs to the one of the same name in the other,
   * whatever their endings.
   *
   * @throws IllegalArgumentException if one has no partner; names the first such file
   */
  public void requirePairsWith(ImageSet other) {
    PairedNames.require(name, files(), other.name, other.files());
  }

  /** What was left out and why, in lines; none if all is in the set. */
  public ImmutableList<String> notes() {
    List<String> notes = new ArrayList<>();
    if (index.enlarged() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s smaller than %s %s enlarged (the smallest has a side of %d)",
              counted(index.enlarged(), "picture"),
              imageSize(),
              index.enlarged() == 1 ? "was" : "were",
              index.smallest()));
    }
    List<LeftOut> unread = leftOut().stream().filter(file -> !file.isOfAnotherKind()).toList();
    List<LeftOut> others = leftOut().stream().filter(LeftOut::isOfAnotherKind).toList();
    if (!unread.isEmpty()) {
      notes.add(
          "left out "
              + Amounts.count(unread.size())
              + ": "
              + FolderListing.some(unread.stream().map(LeftOut::toString).toList()));
    }
    if (!others.isEmpty()) {
      notes.add(
          "left out "
              + counted(others.size(), "file")
              + " of other kinds: "
              + FolderListing.some(others.stream().map(LeftOut::file).toList()));
    }
    if (!remarks().isEmpty()) {
      notes.add(
          counted(remarks().size(), "remark")
              + " of readers on pictures that were read: "
              + FolderListing.some(remarks()));
    }
    return ImmutableList.copyOf(notes);
  }

  private static String counted(long number, String what) {
    return Amounts.count(number) + " " + what + (number == 1 ? "" : "s");
  }

  /** As in {@code 331 pictures of 64×64 pixels in 3 channels, 2 classes: cats 170, dogs 161}. */
  @Override
  public String toString() {
    String what =
        String.format(
            Locale.ROOT,
            "%s of %s pixels in %s",
            counted(size(), "picture"),
            imageSize(),
            counted(channels(), "channel"));
    if (classes().isEmpty()) {
      return what;
    }
    int[] counts = countByClass();
    List<String> named = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      named.add(classes().get(i) + " " + Amounts.count(counts[i]));
    }
    String some =
        named.stream().limit(MANY).collect(Collectors.joining(", "))
            + (named.size() > MANY ? ", …" : "");
    return String.format(
        Locale.ROOT,
        "%s, %d class%s: %s",
        what,
        counts.length,
        counts.length == 1 ? "" : "es",
        some);
  }

  private static final int MANY = 12;
}
