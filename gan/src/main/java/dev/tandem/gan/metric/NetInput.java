package dev.tandem.gan.metric;

/**
 * The size of images.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels of a pixel
 * @param first whether channels come before the pixels
 */
record NetInput(int height, int width, int channels, boolean first) {

  @Override
  public String toString() {
    return height + " x " + width + " x " + channels;
  }
}
