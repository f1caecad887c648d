package dev.tandem.core.optimizer;

import com.google.common.collect.ImmutableMap;

/**
 * The recipes of this package that files may hold, by names that never change. Their components are
 * numbers, truth values, lists of numbers and recipes of this list.
 */
public final class OptimizerTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("sgd", Sgd.class)
          .put("rmsprop", RmsProp.class)
          .put("adam", Adam.class)
          .put("annealed_adam", AnnealedAdam.class)
          .put("adamw", AdamW.class)
          .put("adamax", Adamax.class)
          .put("nadam", Nadam.class)
          .put("adagrad", AdaGrad.class)
          .put("adadelta", AdaDelta.class)
          .put("adabelief", AdaBelief.class)
          .put("constant_rate", ConstantRate.class)
          .put("piecewise_constant", PiecewiseConstant.class)
          .put("exponential_decay", ExponentialDecay.class)
          .put("polynomial_decay", PolynomialDecay.class)
          .put("cosine_decay", CosineDecay.class)
          .put("cosine_restarts", CosineRestarts.class)
          .put("warm_up", WarmUp.class)
          .put("clip_by_value", ClipByValue.class)
          .put("clip_by_norm", ClipByNorm.class)
          .put("clip_by_global_norm", ClipByGlobalNorm.class)
          .buildOrThrow();

  private OptimizerTypes() {}

  /** Record types of optimizers, schedules and clippings by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
