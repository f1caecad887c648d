package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What layers without a name are called, and what outputs are. */
class NamesTest {

  private static final Training TRAINING =
      Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).seed(1);

  private static Model unnamed(String name) {
    Input x = Input.of("x", 3);
    return Model.sequential(
        name, x, Dense.units(4).activation(Activations.relu()), Dropout.rate(0.1), Dense.units(2));
  }

  private static Set<String> paths(Model model) {
    return model.weightsByPath().keySet();
  }

  @Test
  void unnamedLayers_areCalledByTheirPlaceInTheModel_whateverWasDrawnBefore() {
    Set<String> first = paths(unnamed("m"));
    unnamed("other");

    assertThat(first)
        .containsExactly("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias");
    assertThat(paths(unnamed("m"))).isEqualTo(first);
  }

  @Test
  void unnamedLayers_builtFromTheLast_areStillCalledByTheirPlace() {
    Dense last = Dense.units(2);
    Dense first = Dense.units(3);
    last.apply(Input.of("somewhere", 3)); // built, printed and numbered before the other
    last.toString();
    Model model = Model.sequential("m", Input.of("x", 3), first, last);

    assertThat(model.nameOf(first)).isEqualTo("dense");
    assertThat(model.nameOf(last)).isEqualTo("dense_1");
    assertThat(model.layer("dense_1")).isSameAs(last);
  }

  @Test
  void toString_ofALayer_changesNothing() {
    Dense dense = Dense.units(2);

    assertThat(dense).hasToString("unnamed Dense");
    assertThat(dense.isNamed()).isFalse();
    assertThat(dense.name()).isEqualTo("dense");
    assertThat(dense.named("head")).hasToString("Dense \"head\"");
  }

  @Test
  void sharedLayer_hasItsNumberInEachModel() {
    Input x = Input.of("x", 3);
    Dense first = Dense.units(3);
    Dense shared = Dense.units(3);
    Dense last = Dense.units(1);
    Model encoder = Model.of("encoder", x, shared.apply(first.apply(x)));
    Model head = Model.sequential("head", Input.of("code", 3), shared, last);
    Model whole = Model.of("whole", x, last.apply(encoder.output()));

    assertThat(encoder.nameOf(shared)).isEqualTo("dense_1");
    assertThat(head.nameOf(shared)).isEqualTo("dense");
    assertThat(head.nameOf(last)).isEqualTo("dense_1");
    assertThat(whole.nameOf(last)).isEqualTo("dense_2");
    assertThat(head.summary().toString()).contains("dense (Dense)").contains("dense_1 (Dense)");
    assertThat(whole.toMermaid()).contains("dense_2");
    try (Trainer trainer = head.compile(TRAINING)) {
      assertThat(trainer.state().slots().keySet())
          .contains("dense/kernel#m", "dense_1/kernel#m")
          .doesNotContain("dense_2/kernel#m");
    }
  }

  @Test
  void unnamedLayer_neverTakesANameThatALayerOrInputWasGiven() {
    Dense unnamed = Dense.units(3);
    Model model =
        Model.sequential(
            "m", Input.of("dense_1", 3), Dense.units(3).named("dense"), unnamed, Dense.units(1));

    assertThat(model.nameOf(unnamed)).isEqualTo("dense_2");
    assertThat(paths(model)).contains("dense/kernel", "dense_2/kernel", "dense_3/kernel");
  }

  @Test
  void unnamedLayersInsideWrappers_haveAPathOfTheirOwn() {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 2, 3),
            TimeDistributed.of(SpectralNormalization.of(Dense.units(2))),
            TimeDistributed.of(Dense.units(2)));

    assertThat(paths(model))
        .contains(
            "time_distributed/spectral_normalization/dense/kernel",
            "time_distributed_1/dense/kernel");
  }

  @Test
  void copy_keepsLayersWithoutANameSo() {
    Model model = unnamed("m");
    Model copy = model.copy("copy");

    assertThat(paths(copy)).isEqualTo(paths(model));
    Input x = Input.of("x", 3);
    SymbolicTensor both =
        Add.of().apply(layer(model).apply(x), layer(copy).apply(x)); // no clash in a flat model
    assertThat(paths(Model.of("flat", x, both))).contains("dense/kernel", "dense_1/kernel");
  }

  private static Dense layer(Model model) {
    return (Dense) model.layer("dense");
  }

  @Test
  void nameOf_aLayerFromElsewhere_isRefused() {
    assertThatThrownBy(() -> unnamed("m").nameOf(Dense.units(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unnamed Dense is no part of Model \"m\"; it has [x, dense, dropout, dense_1]");
  }

  @Test
  void outputs_neverTakeTheNameOfAnotherLayer() {
    Input a = Input.of("a", 2);
    Input b = Input.of("b", 2);
    Input c = Input.of("c", 2);
    for (boolean named : new boolean[] {true, false}) {
      Dense first = named ? Dense.units(1).named("dense") : Dense.units(1);
      Dense second = named ? Dense.units(1).named("dense_1") : Dense.units(1);
      SymbolicTensor onA = first.apply(a);
      SymbolicTensor onB = first.apply(b);
      SymbolicTensor onC = second.apply(c);

      Model model = Model.of("m", List.of(a, b, c), List.of(onA, onB, onC));

      assertThat(model.outputs().keySet()).containsExactly("dense", "dense_2", "dense_1");
      assertThat(model.outputs().get("dense_1")).isSameAs(onC);
      try (Trainer trainer =
          model.compile(
              Training.with(Adam.rate(0.1))
                  .loss("dense_1", Losses.meanSquaredError())
                  .only(second)
                  .seed(1))) {
        assertThat(trainer.moves()).isEqualTo(second.weights());
      }
    }
  }

  @Test
  void inputs_fromCallsOfAnotherDrawing_neverTakeTheNameOfALayer() {
    Input x = Input.of("x", 2);
    Dense outside = Dense.units(2).named("d");
    SymbolicTensor one = outside.apply(x);
    SymbolicTensor two = outside.apply(x);
    Dense inside = Dense.units(2).named("d_1");

    Model model = Model.of("m", List.of(one, two), List.of(Add.of().apply(one, inside.apply(two))));

    assertThat(model.inputs().keySet()).containsExactly("d", "d_2");
  }

  @Test
  void renamed_isTheSameDrawingOverTheSameLayers() {
    Model model = unnamed("m");
    model.setTrainable(false);

    Model other = model.renamed("other");

    assertThat(other.name()).isEqualTo("other");
    assertThat(other.weights()).isEqualTo(model.weights());
    assertThat(other.isTrainable()).isFalse();
    other.setTrainable(true);
    assertThat(model.isTrainable()).isFalse();
  }

  @Test
  void manyDrawings_leaveNothingBehindInTheirNames() {
    List<Set<String>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(paths(unnamed("m")));
    }

    assertThat(Set.copyOf(all)).hasSize(1);
  }
}
