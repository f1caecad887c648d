package dev.tandem.core.loss;

import com.google.common.collect.ImmutableMap;

/**
 * The losses that files may hold, by names that never change. Their components are numbers and
 * truth values.
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
          .put("output", OutputLoss.class)
          .buildOrThrow();

  private LossTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
