package dev.tandem.core.loss;

/** The standard losses. */
public final class Losses {

  private Losses() {}

  /** (prediction − target)², averaged. */
  public static Loss meanSquaredError() {
    return new MeanSquaredError();
  }

  /** The prediction itself, a loss per sample or a scalar; there is no target. */
  public static Loss output() {
    return new OutputLoss();
  }
}
