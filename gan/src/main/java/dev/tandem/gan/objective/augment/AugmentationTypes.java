package dev.tandem.gan.objective.augment;

import com.google.common.collect.ImmutableMap;

/**
 * Augmentations and their strengths by the names under which saved runs know them, which never
 * change.
 */
public final class AugmentationTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
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

  private AugmentationTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
