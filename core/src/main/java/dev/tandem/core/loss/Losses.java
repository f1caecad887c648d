package dev.tandem.core.loss;

/** The standard losses. */
public final class Losses {

  private Losses() {}

  /** (prediction − target)², averaged. */
  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  /** |prediction − target|, averaged. */
  public static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /** A parabola for errors up to 1 and a straight line beyond, averaged. */
  public static Huber huber() {
    return huber(1);
  }

  /** A parabola for errors up to delta and a straight line beyond, averaged. */
  public static Huber huber(double delta) {
    return new Huber(delta);
  }

  /** For one probability per target, or one logit: see {@link BinaryCrossentropy#fromLogits()}. */
  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy(false, 0);
  }

  /** For probabilities of classes, or logits, against one-hot rows. */
  public static CategoricalCrossentropy categoricalCrossentropy() {
    return new CategoricalCrossentropy(false, 0);
  }

  /** For probabilities of classes, or logits, against class numbers. */
  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy(false, 0);
  }

  /** max(1 − target · prediction, 0), averaged, for targets −1 and 1. */
  public static Hinge hinge() {
    return new Hinge();
  }

  /** max(1 − target · prediction, 0)², averaged, for targets −1 and 1. */
  public static SquaredHinge squaredHinge() {
    return new SquaredHinge();
  }

  /** By how little the right class leads, against one-hot rows. */
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge();
  }

  /** Σ t · log(t / p) along the last axis, for probabilities. */
  public static KlDivergence klDivergence() {
    return new KlDivergence();
  }

  /** prediction − target · log(prediction), averaged, for counts under a predicted mean. */
  public static Poisson poisson() {
    return new Poisson();
  }

  /** Minus the cosine of the angle between prediction and target along the last axis. */
  public static CosineSimilarity cosineSimilarity() {
    return new CosineSimilarity();
  }

  /** The prediction itself, a loss per sample or a scalar; there is no target. */
  public static OutputLoss output() {
    return new OutputLoss();
  }
}
