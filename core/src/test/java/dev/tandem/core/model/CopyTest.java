package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyTest {

  /** A user's layer that says nothing about copying. */
  private static final class Twice extends Layer {
    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return List.of(forward.ops().scale(inputs.get(0), 2));
    }
  }

  private static void assertSameValues(Model copy, Model model) {
    assertThat(copy.weightsByPath().keySet())
        .containsExactlyElementsOf(model.weightsByPath().keySet());
    model
        .weightsByPath()
        .forEach(
            (path, weight) -> {
              assertThat(copy.weight(path)).isNotSameAs(weight);
              assertThat(copy.weight(path).kind()).isEqualTo(weight.kind());
              assertThat(copy.weight(path).values()).as(path).isEqualTo(weight.values());
            });
  }

  @Test
  void copy_ofAModel_hasTheNameAndOwnWeightsOfTheSameValues() {
    Model model =
        Model.sequential(
                "m",
                Input.of("x", 3),
                Dense.units(4).named("d"),
                BatchNormalization.of().named("bn"))
            .initialize(42);

    Model copy = model.copy("other");

    assertThat(copy.name()).isEqualTo("other");
    assertSameValues(copy, model);
    assertThat(copy.inputs().keySet()).containsExactly("x");
    assertThat(copy.outputs().keySet()).containsExactly("bn");
    copy.initialize(7);
    assertThat(copy.weight("d/kernel").values()).isNotEqualTo(model.weight("d/kernel").values());
  }

  @Test
  void copy_ofNestedModels_keepsLayersSharedBetweenThem() {
    Dense shared = Dense.units(2).named("shared");
    Model left = Model.sequential("left", Input.of("a", 2), shared);
    Model right = Model.sequential("right", Input.of("b", 2), shared);
    Input x = Input.of("x", 2);
    SymbolicTensor twice = left.apply(left.apply(x));
    Model model = Model.of("m", x, Add.of().named("sum").apply(twice, right.apply(x)));

    Model copy = model.copy("copy");

    assertThat(copy.layers()).hasSameSizeAs(model.layers());
    assertThat(copy.model("left")).isNotSameAs(left);
    assertThat(copy.outputs(copy.model("left"))).hasSize(2);
    assertThat(copy.model("left").layer("shared")).isSameAs(copy.model("right").layer("shared"));
    assertThat(copy.weights()).hasSize(2);
    assertSameValues(copy, model);
  }

  @Test
  void copy_ofAModel_keepsBothKindsOfFlags() {
    Dense frozen = Dense.units(2).named("frozen").trainable(false);
    Model inner = Model.sequential("inner", Input.of("a", 2), frozen, Dense.units(2).named("live"));
    Model model = Model.sequential("m", Input.of("x", 2), inner);
    inner.setTrainable(false);
    model.setTrainable(false);

    Model copy = model.copy("copy");
    assertThat(copy.isTrainable()).isFalse();
    assertThat(copy.model("inner").isTrainable()).isFalse();
    copy.setTrainable(true);
    copy.model("inner").setTrainable(true);

    assertThat(copy.trainableWeights())
        .extracting(Weight::path)
        .containsExactly("live/kernel", "live/bias");
    assertThat(model.isTrainable() || inner.isTrainable()).isFalse();
  }

  @Test
  void copy_ofAWrapperAndTheLayerInside_keepsThemOne() {
    Dense inside = Dense.units(2).named("inside");
    Input sequence = Input.of("sequence", 3, 2);
    Input single = Input.of("single", 2);
    Model model =
        Model.of(
            "m",
            List.of(sequence, single),
            List.of(
                TimeDistributed.of(inside).named("steps").apply(sequence), inside.apply(single)));

    Model copy = model.copy("copy");

    assertThat(copy.layer("steps").inner()).containsExactly(copy.layer("inside"));
    assertSameValues(copy, model);
  }

  @Test
  void copy_ofACutInTheMiddle_beginsAtInputsOfTheSamePorts() {
    Dense twice = Dense.units(2).named("twice");
    Input x = Input.of("x", 2);
    SymbolicTensor hidden = Dense.units(2).named("hidden").apply(x);
    SymbolicTensor begin = twice.apply(x);
    Model head =
        Model.of(
            "head",
            List.of(hidden, begin),
            List.of(Add.of().named("sum").apply(hidden, twice.apply(begin))));

    Model copy = head.copy("copy");

    assertThat(copy.inputs().keySet()).containsExactly("hidden", "twice_in");
    assertThat(copy.outputs().keySet()).containsExactly("sum");
    assertSameValues(copy, head);
  }

  @Test
  void copy_ofALambda_computesTheSameFunction() {
    Model model =
        Model.sequential(
            "m", Input.of("x", 2), Lambda.of("double", (ops, in) -> ops.scale(in.get(0), 2)));

    assertThat(model.copy("copy").layer("double")).isNotSameAs(model.layer("double"));
  }

  @Test
  void copy_ofALayerThatCannotBeCopied_isRefusedByName() {
    Layer twice = new Twice().named("mine");
    Model model = Model.sequential("m", Input.of("x", 2), twice);

    assertThatThrownBy(() -> model.copy("copy"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Model \"m\" cannot be copied: Twice \"mine\" cannot be copied")
        .hasMessageContaining("unbuilt");
  }
}
