package dev.tandem.gan.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG files. */
public final class PngFile {

  private PngFile() {}

  /**
   * Writes a picture beside its target and renames it, in place of any file that is there.
   *
   * @param picture what to write
   * @param file where to, in a directory that exists
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written
   */
  public static void write(BufferedImage picture, Path file) {
    try (PendingFile pending = PendingFile.beside(file)) {
      ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
      try (ImageOutputStream out = new MemoryCacheImageOutputStream(pending.stream())) {
        writer.setOutput(out);
        writer.write(picture);
      } catch (IOException e) {
        throw pending.failed(e);
      } finally {
        writer.dispose();
      }
      pending.publish();
    }
  }
}
