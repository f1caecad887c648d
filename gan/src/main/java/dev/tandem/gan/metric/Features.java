package dev.tandem.gan.metric;

import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The features of some samples: one row each.
 *
 * @param values float64 {@code (n, features)} in 'c' order
 * @param logits float64 {@code (n, classes)}, if the extractor is a classifier
 * @param space what made them
 */
public record Features(INDArray values, Optional<INDArray> logits, FeatureSpace space) {

  /**
   * Takes the arrays in float64, copied where they are not, and checks that all numbers are finite.
   *
   * @throws IllegalArgumentException if an array is not a matrix, rows differ in number, or a
   *     number is NaN or infinite
   */
  public Features {
    values = matrix("features", values, space);
    logits = logits.map(array -> matrix("logits", array, space));
    if (logits.isPresent() && logits.get().size(0) != values.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "features and logits of %s differ in rows: %d and %d",
              space,
              values.size(0),
              logits.get().size(0)));
    }
  }

  /**
   * Vectors as they are, as in points of a plane.
   *
   * @param values {@code (n, features)} of any floating point type
   */
  public static Features of(INDArray values, FeatureSpace space) {
    return new Features(values, Optional.empty(), space);
  }

  /**
   * The pixels of images as features.
   *
   * @param images {@code (n, height, width, channels)} of any floating point type
   */
  public static Features pixels(INDArray images) {
    if (images.rank() != 4) {
      throw new IllegalArgumentException(
          "images are (n, height, width, channels), got " + Shape.of(images.shape()));
    }
    INDArray rows = images.dup('c').reshape('c', images.size(0), -1);
    return of(rows, FeatureSpace.plain("pixels"));
  }

  /**
   * Features of several batches as those of one.
   *
   * @param parts at least one, all of one extractor
   * @throws IllegalArgumentException if there is none, or extractors differ
   */
  public static Features join(List<Features> parts) {
    if (parts.stream().map(Features::space).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "features to join are of one extractor, got those of "
              + parts.stream().map(Features::space).distinct().toList());
    }
    List<INDArray> logits = parts.stream().flatMap(part -> part.logits.stream()).toList();
    return new Features(
        stack(parts.stream().map(Features::values).toList()),
        logits.isEmpty() ? Optional.empty() : Optional.of(stack(logits)),
        parts.get(0).space);
  }

  private static INDArray stack(List<INDArray> matrices) {
    return Nd4j.concat(0, matrices.toArray(INDArray[]::new));
  }

  /** The number of samples. */
  public int count() {
    return Math.toIntExact(values.size(0));
  }

  /** The number of features of a sample. */
  public int dimensions() {
    return Math.toIntExact(values.size(1));
  }

  /**
   * The samples from one index to another.
   *
   * @param from the first, from 0
   * @param to behind the last
   * @throws IllegalArgumentException if {@code 0 <= from < to <= count()} does not hold
   */
  public Features slice(int from, int to) {
    if (from < 0 || from >= to || to > count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "slice [%d, %d) is not a part of at least one row of [0, %d)",
              from,
              to,
              count()));
    }
    return new Features(rows(values, from, to), logits.map(all -> rows(all, from, to)), space);
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
  }

  private static INDArray matrix(String what, INDArray array, FeatureSpace space) {
    if (array.rank() != 2 || array.isEmpty() || !array.dataType().isFPType()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s are floating point (n, %s) with at least one row, got %s %s",
              what,
              space,
              what,
              array.dataType(),
              Shape.of(array.shape())));
    }
    INDArray wide = array.dataType() == DataType.DOUBLE ? array : array.castTo(DataType.DOUBLE);
    INDArray plain = wide.ordering() == 'c' && !wide.isView() ? wide : wide.dup('c');
    if (!Double.isFinite(plain.sumNumber().doubleValue())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s hold NaN or infinite numbers; look at the samples they were made of",
              what,
              space));
    }
    return plain;
  }
}
