package dev.tandem.core.metric;

import dev.tandem.core.tensor.Check;

/**
 * How far confidence is from being right (Naeini, Cooper, Hauskrecht, AAAI 2015; Guo et al., ICML
 * 2017, arXiv:1706.04599): {@code Σ share of the bin · |accuracy − mean confidence|} over bins of
 * equal width. Confidence is the largest probability along the last axis, (batch, …, classes);
 * targets are class numbers or one-hot rows, as their shape says. Of one probability for each
 * target there are two classes, of the probabilities 1 − p and p. Everything counts by its sample's
 * weight. A bin holds its upper end, and the first one both.
 *
 * @param bins of [0, 1], at least 1; 15 unless set
 * @param logits whether predictions are logits, of which softmax or sigmoid makes probabilities;
 *     else numbers outside of [0, 1] are refused
 */
public record ExpectedCalibrationError(int bins, boolean logits) implements Metric {

  /** Checks the number of bins. */
  public ExpectedCalibrationError {
    Check.positive("number of bins", bins);
  }

  /** The same for predictions that are logits. */
  public ExpectedCalibrationError fromLogits() {
    return new ExpectedCalibrationError(bins, true);
  }

  /** The same with another number of bins. */
  public ExpectedCalibrationError bins(int number) {
    return new ExpectedCalibrationError(number, logits);
  }

  @Override
  public String name() {
    return "expected_calibration_error";
  }

  @Override
  public Accumulator accumulator() {
    return new Calibration(name(), bins, logits);
  }
}
