package dev.tandem.examples.trained;

import dev.tandem.gan.image.ImageGrid;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One image without the frame of a grid. */
public final class Tile {

  private Tile() {}

  /**
   * A picture of the size of the image.
   *
   * @param image (1, height, width, channels) in [−1, 1]
   */
  public static BufferedImage of(INDArray image) {
    BufferedImage framed = ImageGrid.ofColumns(1).draw(image);
    int width = Math.toIntExact(image.size(2));
    int height = Math.toIntExact(image.size(1));
    int left = (framed.getWidth() - width) / 2;
    int top = (framed.getHeight() - height) / 2;
    return framed.getSubimage(left, top, width, height);
  }
}
