package dev.tandem.gan.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An animation that repeats for ever, written frame by frame. The file is there when it is closed;
 * until then it has {@code .tmp} behind its name. Gray pictures of {@link ImageGrid} keep every
 * level; colors are brought to 256 chosen for each frame.
 */
public final class AnimatedGif implements AutoCloseable {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(655_350);

  private final Path file;
  private final int delayHundredths;
  private final PendingFile pending;
  private final ImageWriter writer;
  private final ImageWriteParam param;
  private final ImageOutputStream out;
  private int frames;
  private int width;
  private int height;
  private boolean failed;
  private boolean closed;

  private AnimatedGif(Path file, int delayHundredths) {
    this.file = file;
    this.delayHundredths = delayHundredths;
    this.pending = PendingFile.beside(file);
    this.writer = ImageIO.getImageWritersByFormatName("gif").next();
    this.out = new MemoryCacheImageOutputStream(pending.stream());
    this.param = writer.getDefaultWriteParam();
    // Rows from top to bottom: smaller, and Java's reader drops rows of low interlaced pictures.
    param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
    writer.setOutput(out);
  }

  /**
   * Begins an animation.
   *
   * @param file where to, in a directory that exists
   * @param delay how long each frame is shown, rounded down to hundredths of a second; many viewers
   *     show less than 20 ms as 100 ms
   * @throws IllegalArgumentException if the delay is not from 10 ms to 655,350 ms
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written
   */
  public static AnimatedGif create(Path file, Duration delay) {
    if (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "frame delay is not in [10 ms, 655350 ms]: " + delay.toMillis() + " ms");
    }
    return new AnimatedGif(file, (int) (delay.toMillis() / 10));
  }

  /**
   * Adds a frame.
   *
   * @param frame a picture of the first frame's size
   * @throws IllegalArgumentException if its size is another
   * @throws IllegalStateException if the animation is closed
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written; it will not
   *     appear
   */
  public void append(BufferedImage frame) {
    if (closed) {
      throw new IllegalStateException(file.getFileName() + " is closed; append frames before");
    }
    if (frames == 0) {
      width = frame.getWidth();
      height = frame.getHeight();
    } else if (frame.getWidth() != width || frame.getHeight() != height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "frames of %s are %d x %d, got %d x %d; all frames of a GIF file have one size",
              file.getFileName(),
              width,
              height,
              frame.getWidth(),
              frame.getHeight()));
    }
    BufferedImage indexed =
        frame.getColorModel() instanceof IndexColorModel ? frame : ColorReducer.reduce(frame);
    try {
      if (frames == 0) {
        writer.prepareWriteSequence(null);
      }
      writer.writeToSequence(
          new IIOImage(
              indexed,
              null,
              GifFrameMetadata.of(writer, param, indexed, delayHundredths, frames == 0)),
          param);
      frames++;
    } catch (IOException e) {
      failed = true;
      throw pending.failed(e);
    }
  }

  /**
   * Ends the file and gives it its name, in place of any file that is there. Without a frame, or
   * when one could not be written, no file appears.
   *
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (pending) {
      try (out) {
        if (frames > 0 && !failed) {
          writer.endWriteSequence();
        }
      } catch (IOException e) {
        throw pending.failed(e);
      } finally {
        writer.dispose();
      }
      if (frames > 0 && !failed) {
        pending.publish();
      }
    }
  }
}
