package dev.tandem.core.loss;

import com.google.common.collect.ImmutableMap;

/**
 * The losses that files may hold, by names that never change. Their components are numbers, truth
 * values and losses of this list.
 */
public final class LossTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("mean_squared_error", MeanSquaredError.class)
          .put("mean_absolute_error", MeanAbsoluteError.class)
          .put("huber", Huber.class)
          .put("binary_crossentropy", BinaryCrossentropy.class)
          .put("categorical_crossentropy", CategoricalCrossentropy.class)
          .put("sparse_categorical_crossentropy", SparseCategoricalCrossentropy.class)
          .put("hinge", Hinge.class)
          .put("squared_hinge", SquaredHinge.class)
          .put("categorical_hinge", CategoricalHinge.class)
          .put("kl_divergence", KlDivergence.class)
          .put("poisson", Poisson.class)
          .put("cosine_similarity", CosineSimilarity.class)
          .put("binary_focal_crossentropy", BinaryFocalCrossentropy.class)
          .put("categorical_focal_crossentropy", CategoricalFocalCrossentropy.class)
          .put("sparse_categorical_focal_crossentropy", SparseCategoricalFocalCrossentropy.class)
          .put("log_cosh", LogCosh.class)
          .put("contrastive", ContrastiveLoss.class)
          .put("triplet", TripletLoss.class)
          .put("batch_triplet", BatchTripletLoss.class)
          .put("info_nce", InfoNce.class)
          .put("nt_xent", NtXent.class)
          .put("output", OutputLoss.class)
          .buildOrThrow();

  private LossTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
