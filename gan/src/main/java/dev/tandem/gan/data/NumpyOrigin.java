package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.NumpyFile;
import dev.tandem.core.data.NumpyHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images in arrays of NumPy. In an {@code npz} they are the array {@code images}, {@code x_train},
 * {@code x}, {@code data} or {@code arr_0}, or the only one of the shape of images; labels are
 * whole numbers (n) or (n, 1) called {@code labels}, {@code y_train}, {@code y} or {@code arr_1}.
 */
final class NumpyOrigin implements PictureOrigin {

  private static final ImmutableList<String> IMAGES =
      ImmutableList.of("images", "x_train", "x", "data", "arr_0");
  private static final ImmutableList<String> LABELS =
      ImmutableList.of("labels", "y_train", "y", "arr_1");
  private static final int MOST_CLASSES = 100_000;

  private final NumpyFile file;
  private final String images;
  private final NumpyHeader header;
  private final ArrayLayout layout;
  private final int[] labels;
  private final ImmutableList<String> classes;

  NumpyOrigin(NumpyFile file) {
    this.file = file;
    this.images = images(file);
    this.header = header(file, images);
    if (header.shape().contains(0L)) {
      throw new DataFileException(
          file.path().toString(),
          "holds no images: "
              + (images.isEmpty() ? "its array" : "the array " + images)
              + " has the shape "
              + header.shape()
              + "; was all of it taken away by a selection before it was saved?");
    }
    try {
      this.layout = ArrayLayout.of(header.shape());
    } catch (IOException e) {
      throw new DataFileException(file.path().toString(), String.valueOf(e.getMessage()), e);
    }
    this.labels = labels(file, header.rows());
    int count = IntStream.of(labels).max().orElse(-1) + 1;
    this.classes =
        IntStream.range(0, count)
            .mapToObj(Integer::toString)
            .collect(ImmutableList.toImmutableList());
  }

  private static NumpyHeader header(NumpyFile file, String name) {
    return Objects.requireNonNull(file.headers().get(name));
  }

  private static String images(NumpyFile file) {
    List<String> fitting =
        file.headers().keySet().stream()
            .filter(name -> ArrayLayout.fits(header(file, name).shape()))
            .toList();
    Optional<String> named = IMAGES.stream().filter(fitting::contains).findFirst();
    if (named.isEmpty() && fitting.size() != 1 && file.headers().size() > 1) {
      throw new DataFileException(
          file.path().toString(),
          "has no array of images, or several, and none with a name that says so ("
              + String.join(", ", IMAGES)
              + "); it has "
              + file.headers().keySet());
    }
    return named.orElseGet(
        () -> fitting.isEmpty() ? file.headers().keySet().iterator().next() : fitting.get(0));
  }

  /** The labels, none if there are none. */
  private static int[] labels(NumpyFile file, long rows) {
    Optional<String> name =
        LABELS.stream()
            .filter(file.headers()::containsKey)
            .filter(label -> header(file, label).isWhole() && header(file, label).rowLength() == 1)
            .findFirst();
    if (name.isEmpty()) {
      return new int[0];
    }
    NumpyHeader header = header(file, name.get());
    if (header.rows() != rows) {
      throw new DataFileException(
          file.path().toString(),
          String.format(
              Locale.ROOT,
              "has %d images and %d labels (%s); is one of them of another set?",
              rows,
              header.rows(),
              name.get()));
    }
    int[] labels = new int[Math.toIntExact(rows)];
    file.read(
        name.get(),
        (index, row) -> {
          double label = header.element(row, 0);
          if (label < 0 || label >= MOST_CLASSES) {
            throw new IOException(
                String.format(
                    Locale.ROOT,
                    "label %d is not in [0, %d): %.0f; classes are counted from 0",
                    index,
                    MOST_CLASSES,
                    label));
          }
          labels[(int) index] = (int) label;
        });
    return labels;
  }

  @Override
  public String name() {
    return file.path().toString();
  }

  @Override
  public String state() {
    return FileState.of(file.path());
  }

  @Override
  public ImmutableList<String> classes() {
    return classes;
  }

  @Override
  public long count() {
    return header.rows();
  }

  @Override
  public ImmutableList<LeftOut> leftOut() {
    return file.headers().keySet().stream()
        .filter(name -> !name.equals(images) && !LABELS.contains(name))
        .map(name -> new LeftOut(name, "is another array"))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public PictureSizes sizes() {
    return PictureSizes.all(layout.size());
  }

  @Override
  public void read(int background, int side, Sink sink) throws IOException {
    LevelScale scale = scale();
    String odd =
        header.isWhole() && !layout.channelsFirst()
            ? ""
            : String.format(
                Locale.ROOT,
                "%s is read as %s%s",
                Files.exists(file.path()) ? file.path().getFileName() : images,
                layout.channelsFirst() ? "(n, channels, height, width), " : "",
                "levels in " + scale);
    file.read(
        images,
        (index, row) -> {
          byte[] levels = new byte[layout.length()];
          for (int i = 0; i < levels.length; i++) {
            levels[i] = scale.level(header.element(row, i));
          }
          int label = labels.length == 0 ? 0 : labels[(int) index];
          sink.take(
              "image " + index,
              label,
              remarks -> {
                if (index == 0 && !odd.isEmpty()) {
                  remarks.add(odd);
                }
                return layout.picture(levels);
              });
        });
  }

  /** What the numbers fill; looks at all of them, if they are not bytes. */
  private LevelScale scale() throws IOException {
    if (header.kind() == 'b') {
      return new LevelScale(0, 1);
    }
    if (header.kind() == 'u' && header.bytes() == 1) {
      return LevelScale.BYTES;
    }
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    file.read(
        images,
        (index, row) -> {
          for (int i = 0; i < layout.length(); i++) {
            double value = header.element(row, i);
            if (!Double.isFinite(value)) {
              throw new IOException(
                  "image " + index + " holds " + value + "; clean it or leave it out");
            }
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
          }
        });
    return LevelScale.of(range[0], range[1], header.isWhole());
  }
}
