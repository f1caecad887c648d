package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;

/** Where pictures come from. */
interface PictureOrigin {

  /** Decodes one picture; in any thread. */
  @FunctionalInterface
  interface Decoding {

    /**
     * The picture.
     *
     * @param remarks takes what is odd without harm
     * @throws dev.tandem.core.data.DataFileException if it cannot be read
     */
    Picture decode(List<String> remarks);
  }

  /** Takes pictures in their order. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes the next one.
     *
     * @param file what it is called in the origin
     * @param label its class, 0 if there are none
     */
    void take(String file, int label, Decoding decoding) throws IOException;
  }

  /** What errors and reports call it. */
  String name();

  /** All that tells this state of it from others. */
  String state();

  /** The names of classes, empty if it has none. */
  ImmutableList<String> classes();

  /** How many there are to read. */
  long count();

  /** What lies there and is no picture. */
  ImmutableList<LeftOut> leftOut();

  /** The sizes of its pictures, as far as headers tell. */
  PictureSizes sizes();

  /**
   * Gives all pictures away, in order.
   *
   * @param background what lies under transparent ones, 0xRRGGBB
   * @param side the longer side of what is made of them, in pixels
   */
  void read(int background, int side, Sink sink) throws IOException;
}
