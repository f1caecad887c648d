package dev.tandem.gan.objective.loss;

import com.google.common.collect.ImmutableMap;

/** Losses and label noise by the names under which saved runs know them, which never change. */
public final class AdversarialLossTypes {

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
          .put("label_noise", LabelNoise.class)
          .buildOrThrow();

  private AdversarialLossTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
