package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * CIFAR-10 or CIFAR-100 (Krizhevsky, 2009) in its binary form: rows of one or two bytes of labels
 * and 32 × 32 pixels in three channels, one after the other. Of a whole set the images to train
 * with are read; classes of CIFAR-100 are the fine ones.
 */
final class CifarOrigin implements PictureOrigin {

  private static final int SIDE = 32;
  private static final int PIXELS = SIDE * SIDE * Picture.COLORS;
  private static final ArrayLayout LAYOUT =
      new ArrayLayout(ImageSize.square(SIDE), Picture.COLORS, true);

  private final String name;
  private final String state;
  private final Map<String, byte[]> files;
  private final int labelBytes;
  private final ImmutableList<String> classes;
  private final ImmutableList<LeftOut> leftOut;

  /**
   * Files of a set.
   *
   * @param state of all of them
   * @param contents by name, binary files and lists of names
   */
  CifarOrigin(String name, String state, Map<String, byte[]> contents) {
    this.name = name;
    this.state = state;
    List<String> all = contents.keySet().stream().filter(file -> file.endsWith(".bin")).toList();
    List<String> training = all.stream().filter(file -> !file.startsWith("test")).sorted().toList();
    ImmutableMap.Builder<String, byte[]> taken = ImmutableMap.builder();
    for (String file : training.isEmpty() ? all : training) {
      taken.put(file, Objects.requireNonNull(contents.get(file)));
    }
    this.files = taken.buildOrThrow();
    this.leftOut =
        all.stream()
            .filter(file -> !files.containsKey(file))
            .map(file -> new LeftOut(file, "is to test with"))
            .collect(ImmutableList.toImmutableList());
    this.labelBytes = files.values().stream().allMatch(file -> isWhole(file.length, 1)) ? 1 : 2;
    files.forEach(this::require);
    this.classes = classes(contents);
  }

  /** Whether a file of so many bytes is one of rows with so many labels. */
  static boolean isWhole(long length, int labels) {
    return length > 0 && length % (PIXELS + labels) == 0;
  }

  private void require(String file, byte[] content) {
    if (!isWhole(content.length, labelBytes)) {
      throw new DataFileException(
          name,
          String.format(
              Locale.ROOT,
              "%s has %d bytes, which is no multiple of %d (CIFAR-10) or %d (CIFAR-100); is it"
                  + " whole?",
              file,
              content.length,
              PIXELS + 1,
              PIXELS + 2));
    }
  }

  private ImmutableList<String> classes(Map<String, byte[]> contents) {
    byte[] names = contents.get(labelBytes == 1 ? "batches.meta.txt" : "fine_label_names.txt");
    int largest = 0;
    for (byte[] file : files.values()) {
      for (int at = labelBytes - 1; at < file.length; at += PIXELS + labelBytes) {
        largest = Math.max(largest, file[at] & 0xFF);
      }
    }
    List<String> named =
        names == null
            ? List.of()
            : new String(names, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    ImmutableList.Builder<String> classes = ImmutableList.builder();
    for (int i = 0; i <= Math.max(largest, named.size() - 1); i++) {
      classes.add(i < named.size() ? named.get(i) : Integer.toString(i));
    }
    return classes.build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String state() {
    return state;
  }

  @Override
  public ImmutableList<String> classes() {
    return classes;
  }

  @Override
  public long count() {
    return files.values().stream().mapToLong(file -> file.length / (PIXELS + labelBytes)).sum();
  }

  @Override
  public ImmutableList<LeftOut> leftOut() {
    return leftOut;
  }

  @Override
  public PictureSizes sizes() {
    return PictureSizes.all(LAYOUT.size());
  }

  @Override
  public void read(int background, int side, Sink sink) throws IOException {
    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
      byte[] file = entry.getValue();
      int row = PIXELS + labelBytes;
      for (int at = 0; at < file.length; at += row) {
        int from = at + labelBytes;
        sink.take(
            entry.getKey() + " " + at / row,
            file[from - 1] & 0xFF,
            remarks -> LAYOUT.picture(Arrays.copyOfRange(file, from, from + PIXELS)));
      }
    }
  }
}
