package dev.tandem.gan.latent;

import com.google.common.collect.ImmutableMap;

/** Latents by the names under which saved runs know them, which never change. */
public final class LatentTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.of(
          "no_latent", NoLatent.class,
          "normal_and_signs", NormalAndSigns.class,
          "normal_latent", NormalLatent.class,
          "uniform_latent", UniformLatent.class);

  private LatentTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
