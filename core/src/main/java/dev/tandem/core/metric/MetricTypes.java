package dev.tandem.core.metric;

import com.google.common.collect.ImmutableMap;

/**
 * The metrics that files may hold, by names that never change. Their components are numbers, truth
 * values and names of enums.
 */
public final class MetricTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("accuracy", Accuracy.class)
          .put("binary_accuracy", BinaryAccuracy.class)
          .put("categorical_accuracy", CategoricalAccuracy.class)
          .put("sparse_categorical_accuracy", SparseCategoricalAccuracy.class)
          .put("top_k_accuracy", TopK.class)
          .put("precision", BinaryPrecision.class)
          .put("recall", BinaryRecall.class)
          .put("f1", BinaryF1.class)
          .put("class_score", ClassScore.class)
          .put("score_of_class", ScoreOfClass.class)
          .put("auc", Auc.class)
          .put("pr_auc", PrAuc.class)
          .put("expected_calibration_error", ExpectedCalibrationError.class)
          .put("mean_squared_error", MeanSquaredError.class)
          .put("mean_absolute_error", MeanAbsoluteError.class)
          .put("root_mean_squared_error", RootMeanSquaredError.class)
          .put("mean_absolute_percentage_error", MeanAbsolutePercentageError.class)
          .put("r2", RSquared.class)
          .buildOrThrow();

  private MetricTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
