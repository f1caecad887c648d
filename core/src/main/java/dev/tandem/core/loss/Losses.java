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

  /** Cross-entropy of probabilities, or logits, in which what is right already counts less. */
  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return new BinaryFocalCrossentropy(false, 0, 2, false, 0.25);
  }

  /** The same for probabilities of classes, or logits, against one-hot rows. */
  public static CategoricalFocalCrossentropy categoricalFocalCrossentropy() {
    return new CategoricalFocalCrossentropy(false, 0, 2, 0.25);
  }

  /** The same for probabilities of classes, or logits, against class numbers. */
  public static SparseCategoricalFocalCrossentropy sparseCategoricalFocalCrossentropy() {
    return new SparseCategoricalFocalCrossentropy(categoricalFocalCrossentropy());
  }

  /** log(cosh(prediction − target)), averaged. */
  public static LogCosh logCosh() {
    return new LogCosh();
  }

  /** For distances of pairs, against 1 for those of one kind: see {@link ContrastiveLoss}. */
  public static ContrastiveLoss contrastive() {
    return contrastive(1);
  }

  /** For distances of pairs, which others push apart up to a margin. */
  public static ContrastiveLoss contrastive(double margin) {
    return new ContrastiveLoss(margin);
  }

  /** For anchor, positive and negative beside each other; there is no target. */
  public static TripletLoss triplet() {
    return triplet(1);
  }

  /** For anchor, positive and negative beside each other, by a margin; there is no target. */
  public static TripletLoss triplet(double margin) {
    return new TripletLoss(margin);
  }

  /** For embeddings against class numbers: triplets of each batch, semi-hard or {@code hard()}. */
  public static BatchTripletLoss batchTriplet() {
    return batchTriplet(1);
  }

  /** For embeddings against class numbers, by a margin: triplets of each batch. */
  public static BatchTripletLoss batchTriplet(double margin) {
    return new BatchTripletLoss(margin, false);
  }

  /** For query and key beside each other, against the keys of the batch; there is no target. */
  public static InfoNce infoNce() {
    return infoNce(0.1);
  }

  /** For query and key beside each other, at a temperature; there is no target. */
  public static InfoNce infoNce(double temperature) {
    return new InfoNce(temperature, false);
  }

  /** For two views beside each other, against all views of the batch; there is no target. */
  public static NtXent ntXent() {
    return ntXent(0.5);
  }

  /** For two views beside each other, at a temperature; there is no target. */
  public static NtXent ntXent(double temperature) {
    return new NtXent(temperature);
  }

  /** The prediction itself, a loss per sample or a scalar; there is no target. */
  public static OutputLoss output() {
    return new OutputLoss();
  }
}
