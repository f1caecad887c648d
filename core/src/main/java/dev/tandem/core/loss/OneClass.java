package dev.tandem.core.loss;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.tensor.Numbers;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The one class of each sample, read from targets of the usual forms. */
final class OneClass {

  private static final String INSTEAD =
      ", not one for each sample; weigh them in a loss of your own, or give sample weights";

  private OneClass() {}

  /** From class numbers (batch). */
  static SampleClasses ofNumbers(INDArray target, TensorSpec prediction) {
    requireOne(prediction.shape().without(-1), "a class number for each of its places");
    Numbers numbers = Numbers.of(target);
    int[] classes = new int[Math.toIntExact(numbers.length())];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) numbers.whole(i);
    }
    return SampleClasses.counted(classes, prediction.shape().size(-1));
  }

  /** From rows (batch, classes), where the largest number stands; none where two are. */
  static SampleClasses ofRows(INDArray target, TensorSpec prediction) {
    requireOne(prediction.shape().without(-1), "a row of classes for each of its places");
    Numbers numbers = Numbers.of(target);
    int width = (int) prediction.shape().size(-1);
    int[] classes = new int[Math.toIntExact(numbers.length() / width)];
    for (int row = 0; row < classes.length; row++) {
      classes[row] = largest(numbers, row, width);
    }
    return SampleClasses.counted(classes, width);
  }

  private static int largest(Numbers numbers, long row, int width) {
    int best = 0;
    boolean alone = true;
    for (int i = 1; i < width; i++) {
      double number = numbers.at(row * width + i);
      double most = numbers.at(row * width + best);
      alone = number > most || alone && number < most;
      best = number > most ? i : best;
    }
    return alone ? best : SampleClasses.NONE;
  }

  /** From one answer for each sample, no (at most 0.5) or yes. */
  static SampleClasses ofAnswers(INDArray target, TensorSpec prediction) {
    requireOne(prediction.shape(), "several answers");
    Numbers numbers = Numbers.of(target);
    int[] classes = new int[Math.toIntExact(numbers.length())];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = numbers.at(i) > 0.5 ? 1 : 0;
    }
    return SampleClasses.counted(classes, 2);
  }

  /** From one sign for each sample: 1, and −1 or 0, under the number that stands there. */
  static SampleClasses ofSigns(INDArray target, TensorSpec prediction) {
    requireOne(prediction.shape(), "several signs");
    Numbers numbers = Numbers.of(target);
    int[] classes = new int[Math.toIntExact(numbers.length())];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) Math.rint(numbers.at(i));
    }
    return SampleClasses.of(classes, ImmutableSet.of(-1, 0, 1));
  }

  private static void requireOne(Shape shape, String what) {
    long elements = shape.rank() == 0 ? 1 : shape.sample().length();
    if (elements != 1) {
      throw new IllegalArgumentException("each sample has " + what + INSTEAD);
    }
  }
}
