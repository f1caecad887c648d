package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableMap;

/** The kinds of conditioning by the names under which saved runs know them, which never change. */
public final class ConditioningTypes {

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.of(
          "unconditional", None.class,
          "classes", Classes.class,
          "auxiliary_classes", Auxiliary.class,
          "paired_translation", Translation.class,
          "cycle", Cycle.class);

  private ConditioningTypes() {}

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
