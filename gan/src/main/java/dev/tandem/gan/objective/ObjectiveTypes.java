package dev.tandem.gan.objective;

import com.google.common.collect.ImmutableMap;

/**
 * Losses, penalties, augmentations and what belongs to them, by the names under which saved runs
 * know them, which never change.
 */
public final class ObjectiveTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("hinge", Hinge.class)
          .put("least_squares", LeastSquares.class)
          .put("minimax", Minimax.class)
          .put("non_saturating", NonSaturating.class)
          .put("wasserstein", Wasserstein.class)
          .put("relativistic_average", RelativisticAverage.class)
          .put("relativistic_paired", RelativisticPaired.class)
          .put("energy", Energy.class)
          .put("equilibrium", Equilibrium.class)
          .put("discriminator_alone", DiscriminatorAlone.class)
          .put("gradient_penalty", GradientPenalty.class)
          .put("dragan", Dragan.class)
          .put("r1", R1.class)
          .put("r2", R2.class)
          .put("lecam", LeCam.class)
          .put("consistency", Consistency.class)
          .put("penalty", ScheduledPenalty.class)
          .put("feature_matching", FeatureMatching.class)
          .put("label_noise", LabelNoise.class)
          .put("blits", Blits.class)
          .put("brightness", Brightness.class)
          .put("colors", Colors.class)
          .put("contrast", Contrast.class)
          .put("cutout", Cutout.class)
          .put("geometry", Geometry.class)
          .put("instance_noise", InstanceNoise.class)
          .put("saturation", Saturation.class)
          .put("translation", Translation.class)
          .put("varying_augmentation", VaryingAugmentation.class)
          .put("scheduled_strength", Strength.Scheduled.class)
          .put("adaptive_strength", Strength.Adaptive.class)
          .buildOrThrow();

  private ObjectiveTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
