package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;

/**
 * The rows of a batch that are judged one by one.
 *
 * @param samples in the batch
 * @param perSample rows of each sample
 * @param targetWidth numbers of the target in a row
 * @param predictionWidth numbers of the prediction in a row
 */
record Rows(int samples, int perSample, int targetWidth, int predictionWidth) {

  /** Of targets and predictions of one shape: a row for each element. */
  static Rows ofElements(String metric, Shape target, Shape prediction) {
    requireFit(metric, target, prediction, prediction);
    return new Rows(samples(prediction), elements(prediction), 1, 1);
  }

  /** Of targets and predictions (batch, …, classes): a row for each place between the two. */
  static Rows ofClasses(String metric, Shape target, Shape prediction) {
    requireFit(metric, target, prediction, prediction);
    int classes = classes(metric, target, prediction);
    return new Rows(samples(prediction), elements(prediction.without(-1)), classes, classes);
  }

  /** Of class numbers (batch, …) and predictions (batch, …, classes): a row for each number. */
  static Rows ofClassNumbers(String metric, Shape target, Shape prediction) {
    int classes = classes(metric, target, prediction);
    requireFit(metric, target, prediction, prediction.without(-1));
    return new Rows(samples(prediction), elements(prediction.without(-1)), 1, classes);
  }

  /** Whether the target looks like class numbers: of one axis less, or of size 1 along the last. */
  static boolean isOfClassNumbers(Shape target, Shape prediction) {
    return target.rank() < prediction.rank()
        || target.rank() > 0 && target.size(-1) == 1 && prediction.size(-1) > 1;
  }

  private static int classes(String metric, Shape target, Shape prediction) {
    if (prediction.rank() < 2) {
      throw misfit(metric, target, prediction);
    }
    return Math.toIntExact(prediction.size(-1));
  }

  /** Axes of size 1 behind the batch may be more or fewer. */
  private static void requireFit(String metric, Shape target, Shape prediction, Shape wanted) {
    if (target.rank() == 0 || wanted.rank() == 0 || !target.squeezed().equals(wanted.squeezed())) {
      throw misfit(metric, target, prediction);
    }
  }

  private static IllegalArgumentException misfit(String metric, Shape target, Shape prediction) {
    return new IllegalArgumentException(
        metric + ": target " + target + " does not fit the prediction " + prediction);
  }

  private static int samples(Shape shape) {
    return Math.toIntExact(shape.size(0));
  }

  private static int elements(Shape shape) {
    return Math.toIntExact(shape.sample().length());
  }
}
