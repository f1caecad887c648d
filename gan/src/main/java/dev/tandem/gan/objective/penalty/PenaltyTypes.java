package dev.tandem.gan.objective.penalty;

import com.google.common.collect.ImmutableMap;

/**
 * Penalties and terms of the generator by the names under which saved runs know them, which never
 * change.
 */
public final class PenaltyTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("gradient_penalty", GradientPenalty.class)
          .put("dragan", Dragan.class)
          .put("r1", R1.class)
          .put("r2", R2.class)
          .put("lecam", LeCam.class)
          .put("consistency", Consistency.class)
          .put("penalty", ScheduledPenalty.class)
          .put("feature_matching", FeatureMatching.class)
          .buildOrThrow();

  private PenaltyTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
