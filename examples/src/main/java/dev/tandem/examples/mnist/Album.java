package dev.tandem.examples.mnist;

import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.image.AnimatedGif;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pictures of a run: a file for each, and an animation of them all. */
final class Album implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Album.class);
  private static final ImageGrid GRID = ImageGrid.ofColumns(8).withZoom(2);

  private final Path directory;
  private final AnimatedGif animation;
  private boolean animationFailed;

  Album(Path directory) {
    this.directory = directory;
    this.animation = AnimatedGif.create(directory.resolve("progress.gif"), Duration.ofMillis(200));
  }

  /** Adds the samples of a step, (batch, height, width, channels). */
  void add(int step, INDArray samples) {
    BufferedImage picture = GRID.draw(samples);
    Path file = directory.resolve(String.format(Locale.ROOT, "step-%06d.png", step));
    attempt(() -> PngFile.write(picture, file));
    attempt(() -> PngFile.write(picture, directory.resolve("samples.png")));
    if (!animationFailed) {
      animationFailed = !attempt(() -> animation.append(picture));
    }
  }

  /** A picture that cannot be written is no reason to end a training. */
  private static boolean attempt(Runnable writing) {
    try {
      writing.run();
      return true;
    } catch (DataFileException e) {
      LOG.warn("{}; the training goes on without it", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    attempt(animation::close);
  }
}
