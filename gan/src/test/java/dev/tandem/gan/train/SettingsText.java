package dev.tandem.gan.train;

import java.util.List;
import java.util.SortedMap;

/** What a run notes of its recipe, for tests in other packages. */
public final class SettingsText {

  private SettingsText() {}

  public static SortedMap<String, String> of(AdversarialTraining recipe) {
    return Settings.of(recipe, List.of());
  }
}
