package dev.tandem.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.io.Weights;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags and files: what is saved, and what loading does not look at. */
class SavingTest {

  @TempDir Path directory;

  /** Three layers, with state in the second; the middle one's flag is what differs. */
  private static Model threeLayers(boolean middleTrainable, long seed) {
    return Model.sequential(
            "m",
            Input.of("x", 4),
            Dense.units(3).named("first"),
            BatchNormalization.of().named("norm").trainable(middleTrainable),
            Dense.units(3).named("middle").trainable(middleTrainable),
            Dense.units(2).named("last"))
        .initialize(seed);
  }

  @ParameterizedTest(name = "{displayName} [saved trainable: {0}, loaded trainable: {1}]")
  @DisplayName("case 67: weights saved under some flags and loaded under others")
  @CsvSource({"true, false", "false, true"})
  void weights_savedAndLoadedUnderOtherFlags_areBitEqual(boolean saved, boolean loaded) {
    Model from = threeLayers(saved, 1);
    Model into = threeLayers(loaded, 2);
    assertThat(Toys.values(into)).isNotEqualTo(Toys.values(from));

    Weights.save(from, directory);
    Weights.load(into, directory);

    assertThat(Toys.values(into)).isDeepEqualTo(Toys.values(from));
    assertThat(into.layer("middle").isTrainable()).isEqualTo(loaded);
  }

  @Test
  @DisplayName("rule 14: a saved model keeps both kinds of flags and its sharing")
  void model_savedAndLoaded_keepsFlagsAndSharing() {
    Dense shared = Dense.units(4).named("shared").trainable(false);
    Model inner = Model.sequential("inner", Input.of("i", 4), shared);
    inner.setTrainable(false);
    Model model =
        Model.sequential("m", Input.of("x", 4), inner, shared, Dense.units(1).named("last"));
    model.setTrainable(false);

    ModelFile.save(model, directory);
    Model loaded = ModelFile.load(directory);

    assertThat(loaded.isTrainable()).isFalse();
    assertThat(loaded.model("inner").isTrainable()).isFalse();
    assertThat(loaded.layer("shared").isTrainable()).isFalse();
    assertThat(loaded.layer("last").isTrainable()).isTrue();
    assertThat(loaded.model("inner").layer("shared")).isSameAs(loaded.layer("shared"));
    assertThat(Toys.values(loaded)).isDeepEqualTo(Toys.values(model));
    assertThat(loaded.summary()).isEqualTo(model.summary());
  }

  @Test
  @DisplayName("rule 15: weights are found by path, whatever the order of flags")
  void weights_ofNestedModels_areLoadedByPath() {
    Model saved = nested(7);
    saved.layer("head").setTrainable(false);
    Weights.save(saved, directory);

    Model other = nested(8);
    other.model("left").setTrainable(false);
    List<Layer> frozen = List.of(other.model("right").layer("d"));
    frozen.forEach(layer -> layer.setTrainable(false));
    Weights.load(other, directory);

    saved
        .weightsByPath()
        .forEach(
            (path, weight) ->
                assertThat(other.weight(path).values()).as(path).isEqualTo(weight.values()));
  }

  private static Model nested(long seed) {
    Model left = Model.sequential("left", Input.of("a", 2), Dense.units(2).named("d"));
    Model right = Model.sequential("right", Input.of("b", 2), Dense.units(2).named("d"));
    return Model.sequential("m", Input.of("x", 2), left, right, Dense.units(2).named("head"))
        .initialize(seed);
  }
}
