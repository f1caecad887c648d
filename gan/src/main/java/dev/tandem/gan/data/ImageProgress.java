package dev.tandem.gan.data;

/** Told how far the reading of pictures is, by the thread that opens them. */
@FunctionalInterface
public interface ImageProgress {

  /** Tells nobody. */
  ImageProgress NONE = (read, all) -> {};

  /**
   * Called when another picture was read.
   *
   * @param read how many were
   * @param all how many there are
   */
  void at(long read, long all);
}
