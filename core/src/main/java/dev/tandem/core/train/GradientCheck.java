package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Weight;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A comparison of a trainer's gradients with differences of its loss: for layers, losses and
 * penalties of one's own.
 *
 * <p>Each weight that the trainer moves is looked at along one random direction, so that an error
 * in any of its numbers shows. What steps draw at random is the same in all of them. Where the loss
 * has a kink between the two places (as relu at 0), the two differ without an error; so does
 * float32, whose differences have three digits. Draw the model over {@code Input.of(name, shape,
 * DataType.DOUBLE)} for ten.
 *
 * @param lines one for each weight, by path
 */
public record GradientCheck(ImmutableList<Line> lines) {

  private static final double STEP = 1e-5;
  private static final double STEP_IN_FLOAT = 5e-3;
  private static final double TOLERANCE = 1e-6;
  private static final double TOLERANCE_IN_FLOAT = 2e-2;

  /**
   * One weight.
   *
   * @param weight its path in the model
   * @param computed the derivative of the loss along the direction, by the trainer's gradient
   * @param measured the same by the central difference of two losses
   * @param error their distance, relative to 1 or the sum of the magnitudes of the terms of the
   *     derivative, whichever is greater
   * @param allowed 1e-6 for float64, 2e-2 for float32
   */
  public record Line(
      String weight, double computed, double measured, double error, double allowed) {

    /** Whether the two agree. */
    public boolean agrees() {
      return error <= allowed;
    }

    /** As in {@code dense/kernel: computed 0.25, measured 0.125: 0.1 apart, 1e-06 allowed}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: computed %.6g, measured %.6g: %.2g apart, %.0e allowed",
          weight,
          computed,
          measured,
          error,
          allowed);
    }
  }

  /**
   * Checks the gradients of a trainer's next step. Weights, state and optimizer are as they were
   * afterwards; gradients that waited for an update are dropped.
   *
   * @param examples of one batch; few are enough
   * @throws IllegalArgumentException if the trainer moves no weights, or examples do not fit
   * @throws NonFiniteException if the loss or a gradient is NaN or infinite
   */
  public static GradientCheck of(Trainer trainer, Examples examples) {
    if (trainer.moves().isEmpty()) {
      throw new IllegalArgumentException(
          "a trainer of "
              + trainer.model()
              + " moves no weights, so it has no gradients to check; compile it with trainable"
              + " ones");
    }
    trainer.dropGradients();
    try {
      Map<String, Weight> weights = trainer.model().weightsByPath();
      trainer.gradients(examples);
      Random random = new Random(5);
      ImmutableList.Builder<Line> lines = ImmutableList.builder();
      for (Probe probe :
          trainer.gradientArrays().entrySet().stream()
              .map(
                  entry ->
                      Probe.of(
                          Objects.requireNonNull(weights.get(entry.getKey())),
                          entry.getKey(),
                          entry.getValue(),
                          random))
              .toList()) {
        lines.add(probe.line(trainer, examples));
      }
      return new GradientCheck(lines.build());
    } finally {
      trainer.dropGradients();
    }
  }

  /** Whether all weights agree. */
  public boolean agrees() {
    return lines.stream().allMatch(Line::agrees);
  }

  /**
   * Ends with an error if a weight does not agree.
   *
   * @throws IllegalStateException names all that do not
   */
  public void require() {
    if (!agrees()) {
      throw new IllegalStateException(
          "gradients are not the derivatives of the loss:\n"
              + lines.stream()
                  .filter(line -> !line.agrees())
                  .map(Line::toString)
                  .collect(Collectors.joining("\n"))
              + "\n"
              + "A layer or loss of your own in front of these weights has a gradient rule that is"
              + " not its formula's, or a kink lies within "
              + STEP
              + " of an example");
    }
  }

  /** A line for each weight. */
  @Override
  public String toString() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }

  /** A weight, a direction from where it is, and the derivative along it. */
  private record Probe(
      Weight weight, String path, INDArray direction, double computed, double scale) {

    static Probe of(Weight weight, String path, INDArray gradient, Random random) {
      INDArray exact = gradient.castTo(DataType.DOUBLE);
      INDArray direction = exact.ulike();
      for (long i = 0; i < direction.length(); i++) {
        direction.putScalar(i, random.nextGaussian());
      }
      INDArray terms = exact.mul(direction);
      return new Probe(
          weight,
          path,
          direction,
          terms.sumNumber().doubleValue(),
          Math.max(1, terms.norm1Number().doubleValue()));
    }

    Line line(Trainer trainer, Examples examples) {
      INDArray before = weight.values();
      boolean exact = before.dataType() == DataType.DOUBLE;
      double step = exact ? STEP : STEP_IN_FLOAT;
      try {
        double above = loss(trainer, examples, before, step);
        double below = loss(trainer, examples, before, -step);
        double measured = (above - below) / (2 * step);
        return new Line(
            path,
            computed,
            measured,
            Math.abs(computed - measured) / scale,
            exact ? TOLERANCE : TOLERANCE_IN_FLOAT);
      } finally {
        weight.set(before);
      }
    }

    private double loss(Trainer trainer, Examples examples, INDArray before, double step) {
      weight.set(before.castTo(DataType.DOUBLE).add(direction.mul(step)).castTo(before.dataType()));
      trainer.dropGradients();
      return trainer.gradients(examples).loss();
    }
  }
}
