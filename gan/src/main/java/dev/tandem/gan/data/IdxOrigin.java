package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.IdxFile;
import dev.tandem.core.data.IdxType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Images in the form of MNIST's files, gzipped or not: (n, height, width) of bytes; their labels in
 * a file of the same name with {@code labels-idx1} for {@code images-idx3}, if there is one.
 */
final class IdxOrigin implements PictureOrigin {

  private final Path path;
  private final IdxFile images;
  private final ArrayLayout layout;
  private final int[] labels;

  IdxOrigin(Path path) {
    this.path = path;
    this.images = IdxFile.read(path);
    int[] sizes = images.dimensions();
    if (images.type() != IdxType.UNSIGNED_BYTE || sizes.length != 3 || images.size() == 0) {
      throw new DataFileException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "images in the IDX format are UNSIGNED_BYTE (n, height, width), got %s %s",
              images.type(),
              Arrays.toString(sizes)));
    }
    this.layout = new ArrayLayout(new ImageSize(sizes[1], sizes[2]), 1, false);
    this.labels = Files.isRegularFile(labelFile(path)) ? labels(path, sizes[0]) : new int[0];
  }

  private static Path labelFile(Path images) {
    String name = images.getFileName().toString();
    return name.contains("images-idx3")
        ? images.resolveSibling(name.replace("images-idx3", "labels-idx1"))
        : images.resolveSibling(name + ".labels");
  }

  private static int[] labels(Path path, int count) {
    int[] labels = IdxFile.read(labelFile(path)).toInts();
    if (labels.length != count || IntStream.of(labels).anyMatch(label -> label < 0)) {
      throw new DataFileException(
          labelFile(path).toString(),
          String.format(
              Locale.ROOT,
              "holds %d labels, and %s %d images; labels are one for each, and not below 0",
              labels.length,
              path.getFileName(),
              count));
    }
    return labels;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String state() {
    return FileState.of(path) + (labels.length == 0 ? "" : FileState.of(labelFile(path)));
  }

  @Override
  public ImmutableList<String> classes() {
    return IntStream.rangeClosed(0, IntStream.of(labels).max().orElse(-1))
        .mapToObj(Integer::toString)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public long count() {
    return images.dimensions()[0];
  }

  @Override
  public ImmutableList<LeftOut> leftOut() {
    return ImmutableList.of();
  }

  @Override
  public PictureSizes sizes() {
    return PictureSizes.all(layout.size());
  }

  @Override
  public void read(int background, int side, Sink sink) throws IOException {
    ByteBuffer all = images.data();
    for (int i = 0; i < count(); i++) {
      byte[] levels = new byte[layout.length()];
      all.get(levels);
      sink.take(
          "image " + i, labels.length == 0 ? 0 : labels[i], remarks -> layout.picture(levels));
    }
  }
}
