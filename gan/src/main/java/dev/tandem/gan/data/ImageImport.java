package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads pictures, makes them one size and writes them as bytes: several threads decode, one writes
 * in the order of the pictures.
 */
final class ImageImport implements PictureOrigin.Sink, AutoCloseable {

  private static final int AHEAD = 4;

  /** Pixels of an image. */
  private static final long MOST = 1 << 24;

  /** What became of a picture. */
  private record Read(
      String file,
      int label,
      Optional<Picture> picture,
      boolean gray,
      int shorter,
      boolean enlarged,
      List<String> remarks,
      Optional<DataFileException> problem) {}

  private final ImageFiles how;
  private final PictureOrigin origin;
  private final ImageSize size;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers;
  private final Deque<Future<Read>> pending = new ArrayDeque<>();
  private final List<DataFileException> unread = new ArrayList<>();
  private final ImmutableList.Builder<String> files = ImmutableList.builder();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final byte[] levels;
  private PixelFileWriter writer;
  private long done;
  private int enlarged;
  private int smallest = Integer.MAX_VALUE;
  private boolean gray = true;

  private ImageImport(
      ImageFiles how, PictureOrigin origin, ImageSize size, PixelFileWriter writer) {
    this.how = how;
    this.origin = origin;
    this.size = size;
    this.writer = writer;
    this.levels = new byte[size.height() * size.width() * Picture.COLORS];
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "tandem-pictures");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads all pictures into a file.
   *
   * @throws DataFileException if one is not to be read and that is not allowed, or none can be, or
   *     the file cannot be written, of which then nothing is left
   */
  static void run(ImageFiles how, PictureOrigin origin, PixelTarget target) {
    ImageSize size = how.size().orElseGet(() -> origin.sizes().common(how.squares()));
    if ((long) size.height() * size.width() > MOST) {
      throw new DataFileException(
          origin.name(),
          "images of " + size + " pixels are larger than any net takes; give a smaller size");
    }
    int channels = how.channels().orElse(Picture.COLORS);
    long needed = origin.count() * size.height() * size.width() * channels;
    try (ImageImport reading =
        new ImageImport(how, origin, size, PixelFileWriter.create(target.file(), needed))) {
      origin.read(how.background(), Math.max(size.height(), size.width()), reading);
      reading.finish(target.key());
    } catch (IOException e) {
      throw new DataFileException(
          origin.name(), "cannot be read: " + Objects.requireNonNullElse(e.getMessage(), e), e);
    }
  }

  @Override
  public void take(String file, int label, PictureOrigin.Decoding decoding) {
    pending.add(workers.submit(() -> read(file, label, decoding)));
    if (pending.size() > AHEAD * threads) {
      write(pending.remove());
    }
  }

  private Read read(String file, int label, PictureOrigin.Decoding decoding) {
    List<String> odd = new ArrayList<>();
    try {
      Picture picture = decoding.decode(odd);
      int shorter = Math.min(picture.height(), picture.width());
      boolean smaller = picture.height() < size.height() || picture.width() < size.width();
      Picture resized = how.resize().apply(picture, size, how.background());
      return new Read(
          file,
          label,
          Optional.of(resized),
          picture.isGray(),
          shorter,
          smaller,
          odd,
          Optional.empty());
    } catch (DataFileException e) {
      return new Read(file, label, Optional.empty(), true, 0, false, odd, Optional.of(e));
    }
  }

  private void write(Future<Read> future) {
    Read read;
    try {
      read = Objects.requireNonNull(Uninterruptibles.getUninterruptibly(future));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a picture of " + origin.name() + " ended its reader", e);
    }
    done++;
    how.progress().at(done, Math.max(done, origin.count()));
    if (read.problem().isPresent()) {
      unread.add(read.problem().get());
      leftOut.add(new LeftOut(Unread.shown(read.file()), Unread.problem(read.problem().get())));
      return;
    }
    remarks.addAll(read.remarks());
    files.add(read.file());
    smallest = Math.min(smallest, read.shorter());
    enlarged += read.enlarged() ? 1 : 0;
    gray &= read.gray();
    int channels = how.channels().orElse(Picture.COLORS);
    read.picture().orElseThrow().copyTo(levels, channels);
    writer.add(levels, size.height() * size.width() * channels, read.label());
  }

  private void finish(String key) throws IOException {
    while (!pending.isEmpty()) {
      write(pending.remove());
    }
    if (writer.count() == 0 || how.strict() && !unread.isEmpty()) {
      throw Unread.of(origin, unread, done);
    }
    boolean narrow = how.channels().isEmpty() && gray;
    if (narrow) {
      writer = writer.firstOf(Picture.COLORS, levels.length);
    }
    int channels = narrow ? 1 : how.channels().orElse(Picture.COLORS);
    ImmutableList<LeftOut> others =
        ImmutableList.<LeftOut>builder().addAll(leftOut).addAll(origin.leftOut()).build();
    writer.publish(
        digest ->
            new PixelIndex(
                key,
                digest,
                writer.count(),
                size,
                channels,
                origin.classes(),
                files.build(),
                enlarged,
                smallest,
                others,
                ImmutableList.copyOf(remarks)));
  }

  @Override
  public void close() {
    workers.shutdownNow();
    writer.close();
  }
}
