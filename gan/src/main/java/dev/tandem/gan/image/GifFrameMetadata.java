package dev.tandem.gan.image;

import java.awt.image.BufferedImage;
import javax.imageio.IIOException;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** The header of a frame in a GIF file: its duration, and that the animation is shown for ever. */
final class GifFrameMetadata {

  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private GifFrameMetadata() {}

  /** The metadata of a frame; the first one carries the loop of the whole file. */
  static IIOMetadata of(
      ImageWriter writer,
      ImageWriteParam param,
      BufferedImage frame,
      int delayHundredths,
      boolean first)
      throws IIOException {
    // The specifier's factory method would put Java's standard palette for the frame's own.
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), param);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(control(delayHundredths));
    if (first) {
      root.appendChild(endlessLoop());
    }
    try {
      metadata.mergeTree(FORMAT, root);
    } catch (IIOInvalidTreeException e) {
      throw new AssertionError("the GIF writer does not know its own metadata format", e);
    }
    return metadata;
  }

  private static IIOMetadataNode control(int delayHundredths) {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delayHundredths));
    control.setAttribute("transparentColorIndex", "0");
    return control;
  }

  private static IIOMetadataNode endlessLoop() {
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    // Sub-block 1, then the number of repetitions in two bytes; 0 is without end.
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    return extensions;
  }
}
