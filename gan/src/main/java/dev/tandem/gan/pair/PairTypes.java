package dev.tandem.gan.pair;

import com.google.common.collect.ImmutableMap;

/**
 * Latents and ways of conditioning, by the names under which saved runs know them, which never
 * change.
 */
public final class PairTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.<String, Class<? extends Record>>builder()
          .put("unconditional", Conditioning.None.class)
          .put("classes", Conditioning.Classes.class)
          .put("auxiliary_classes", Conditioning.Auxiliary.class)
          .put("paired_translation", Conditioning.Translation.class)
          .put("cycle", Conditioning.Cycle.class)
          .put("no_latent", NoLatent.class)
          .put("normal_and_signs", NormalAndSigns.class)
          .put("normal_latent", NormalLatent.class)
          .put("uniform_latent", UniformLatent.class)
          .buildOrThrow();

  private PairTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
