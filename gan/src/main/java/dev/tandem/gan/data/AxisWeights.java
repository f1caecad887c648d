package dev.tandem.gan.data;

/**
 * How the pixels along one axis are made of those of a picture: where they shrink, each is the mean
 * over the interval that it covers; where they grow, it lies between its two nearest. Weights of a
 * pixel sum to 1.
 *
 * @param first the first pixel that is read for each
 * @param weights of that and the following ones
 */
record AxisWeights(int[] first, float[][] weights) {

  /**
   * The weights of an axis.
   *
   * @param size of the picture along the axis
   * @param from where the part that is read begins, in pixels of the picture
   * @param length of that part
   * @param count the pixels to make of it
   */
  static AxisWeights of(int size, double from, double length, int count) {
    int[] first = new int[count];
    float[][] weights = new float[count][];
    double scale = length / count;
    for (int i = 0; i < count; i++) {
      if (scale > 1) {
        double begin = Math.max(0, from + i * scale);
        double end = Math.min(size, from + (i + 1) * scale);
        first[i] = Math.min(size - 1, (int) begin);
        weights[i] = covered(first[i], begin, end);
      } else {
        double center = Math.max(0, Math.min(size - 1.0, from + (i + 0.5) * scale - 0.5));
        first[i] = Math.min(Math.max(0, size - 2), (int) center);
        float share = (float) (center - first[i]);
        weights[i] = size == 1 ? new float[] {1} : new float[] {1 - share, share};
      }
    }
    return new AxisWeights(first, weights);
  }

  private static float[] covered(int first, double begin, double end) {
    int last = Math.max(first + 1, (int) Math.ceil(end - 1e-9));
    float[] weights = new float[last - first];
    for (int i = 0; i < weights.length; i++) {
      double part = Math.min(end, first + i + 1.0) - Math.max(begin, first + (double) i);
      weights[i] = (float) (Math.max(0, part) / (end - begin));
    }
    return weights;
  }

  int count() {
    return first.length;
  }
}
