package dev.tandem.gan.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the rows and columns of a picture's file lie on the picture, as cameras note it (Exif 2.32,
 * tag Orientation): 1 is as they stand, 2 to 4 are mirrored or turned by half, 5 to 8 have rows for
 * columns.
 *
 * @param number from 1 to 8
 */
record Orientation(int number) {

  static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x112;
  private static final int SHORT = 3;
  private static final int MAGIC = 42;
  private static final int ENTRY = 12;

  /**
   * What a block in the form of TIFF files says, as Exif is: the tag in its first directory.
   * Upright if it says nothing, or nothing that can be read.
   */
  static Orientation ofTiff(ByteBuffer block) {
    ByteBuffer tiff = block.slice();
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (tiff.getShort(2) != MAGIC || directory < 8 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + i * ENTRY;
      if (at > tiff.limit() - ENTRY) {
        break;
      }
      if (tiff.getShort(at) == TAG && tiff.getShort(at + 2) == SHORT) {
        int number = tiff.getShort(at + 8);
        return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private boolean swapsAxes() {
    return number > 4;
  }

  /** The picture that a file of so many rows and columns shows. */
  Picture apply(Picture stored) {
    if (number == 1) {
      return stored;
    }
    int rows = stored.height();
    int columns = stored.width();
    int height = swapsAxes() ? columns : rows;
    int width = swapsAxes() ? rows : columns;
    byte[] levels = new byte[stored.levels().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int along = swapsAxes() ? y : x;
        int across = swapsAxes() ? x : y;
        int column = fromLastColumn() ? columns - 1 - along : along;
        int row = fromLastRow() ? rows - 1 - across : across;
        int from = (row * columns + column) * Picture.COLORS;
        System.arraycopy(
            stored.levels(), from, levels, (y * width + x) * Picture.COLORS, Picture.COLORS);
      }
    }
    return new Picture(height, width, levels);
  }

  private boolean fromLastColumn() {
    return number == 2 || number == 3 || number == 7 || number == 8;
  }

  private boolean fromLastRow() {
    return number == 3 || number == 4 || number == 6 || number == 7;
  }
}
