package dev.tandem.examples.mnist;

import dev.tandem.gan.image.AnimatedGif;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pictures of a run: a file for each, and an animation of them all. */
final class Album implements AutoCloseable {

  private static final ImageGrid GRID = ImageGrid.ofColumns(8).withZoom(2);

  private final Path directory;
  private final AnimatedGif animation;

  Album(Path directory) {
    this.directory = directory;
    this.animation = AnimatedGif.create(directory.resolve("progress.gif"), Duration.ofMillis(200));
  }

  /** Adds the samples of a step, (batch, height, width, channels). */
  void add(int step, INDArray samples) {
    BufferedImage picture = GRID.draw(samples);
    PngFile.write(picture, directory.resolve(String.format(Locale.ROOT, "step-%06d.png", step)));
    PngFile.write(picture, directory.resolve("samples.png"));
    animation.append(picture);
  }

  @Override
  public void close() {
    animation.close();
  }
}
