package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class ModelTest {

  private static Model small(String name) {
    return Model.sequential(name, Input.of("x", 4), Dense.units(2).named("d"));
  }

  private static Model twoOutputs() {
    Input x = Input.of("x", 4);
    Dense a = Dense.units(2).named("a");
    Dense b = Dense.units(3).named("b");
    return Model.of("two", List.of(x), List.of(a.apply(x), b.apply(x)));
  }

  @Test
  void apply_onAnotherNumberOfInputs_isRefused() {
    Input y = Input.of("y", 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> small("m").apply(y, y))
        .withMessage("Model \"m\" takes 1 input [x], got 2");
  }

  @Test
  void apply_onAnotherShape_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small("m").apply(Input.of("y", 5)))
        .withMessage(
            "Model \"m\" expects float32 (batch, 4) as \"x\", got input \"y\" float32 (batch, 5);"
                + " reshape it or build the model for this shape");
  }

  @Test
  void apply_onAnotherType_isRefused() {
    Input y = Input.of("y", Shape.of(4), DataType.DOUBLE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> small("m").apply(y))
        .withMessage(
            "Model \"m\" expects float32 (batch, 4) as \"x\", got input \"y\" float64 (batch, 4);"
                + " let both graphs begin at Inputs of one type");
  }

  @Test
  void apply_ofAModelWithTwoOutputs_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> twoOutputs().apply(Input.of("y", 4)))
        .withMessage("Model \"two\" has 2 outputs [a, b]; call applyAll for all of them");
    assertThatIllegalStateException()
        .isThrownBy(() -> twoOutputs().output())
        .withMessage("Model \"two\" has 2 outputs [a, b]; take one of outputs()");
  }

  @Test
  void output_ofANestedModelWithTwoOutputs_isRefused() {
    Model two = twoOutputs();
    Input y = Input.of("y", 4);
    Model outer = Model.of("outer", List.of(y), two.applyAll(List.of(y)));

    assertThat(outer.outputs().keySet()).containsExactly("two", "two_1");
    assertThatIllegalStateException()
        .isThrownBy(() -> outer.output(two))
        .withMessage("Model \"two\" has 2 outputs in Model \"outer\"; take one of outputs(...)");
  }

  @Test
  void output_ofALayerFromElsewhere_isRefused() {
    Dense stranger = Dense.units(2).named("stranger");

    assertThatIllegalStateException()
        .isThrownBy(() -> small("m").output(stranger))
        .withMessage("Dense \"stranger\" is not called in Model \"m\"; it calls [d]");
  }

  @Test
  void of_withoutOutputs_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.of("m", List.of(Input.of("x", 4)), List.of()))
        .withMessage("Model \"m\" needs at least one input and one output, got 1 and 0");
  }

  @Test
  void of_withAnUnusedInput_isRefused() {
    Input x = Input.of("x", 4);
    Input y = Input.of("y", 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.of("m", List.of(x, y), List.of(Dense.units(1).named("d").apply(x))))
        .withMessage(
            "Model \"m\" has an input that no output depends on: input \"y\" float32 (batch, 4);"
                + " leave it out or connect it");
  }

  @Test
  void layer_unknown_isRefusedNamingThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small("m").layer("e"))
        .withMessage("Model \"m\" has no layer \"e\"; it has [x, d]");
  }

  @Test
  void layer_ofANestedModel_isRefusedSayingWhere() {
    Model outer = Model.sequential("outer", Input.of("y", 4), small("inner"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> outer.layer("d"))
        .withMessage(
            "Model \"outer\" has no layer \"d\"; it has [y, inner]; there is one in Model"
                + " \"inner\", reached by model(...)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> outer.layer("inner"))
        .withMessage(
            "Model \"outer\" has no layer \"inner\"; it has [y, inner]; \"inner\" is a Model");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> outer.model("y"))
        .withMessage("Model \"outer\" has no model \"y\"; it has [y, inner]; \"y\" is an Input");
  }

  @Test
  void input_isNoOperation_soCompilersRefuseItInChainsAndSelections() {
    assertThat(Operation.class.isAssignableFrom(Input.class)).isFalse();
    assertThat(Operation.class).isAssignableFrom(Model.class).isAssignableFrom(Dense.class);
  }

  @Test
  void layers_ofAModel_areItsOperationsInOrderWithoutInputs() {
    Dense first = Dense.units(4);
    Model inner = Model.sequential("inner", Input.of("y", 4), Dense.units(3));
    Model model = Model.sequential("m", Input.of("x", 4), first, inner, Dense.units(2));

    assertThat(model.layers()).startsWith(first, inner).hasSize(3);
    assertThat(model.layers()).allMatch(Operation::isBuilt).allMatch(Operation::isTrainable);
    assertThat(model.inputs().keySet()).containsExactly("x");
  }

  @Test
  void weightsByPath_ofNestedModelsAndWrappers_areToldApart() {
    Dense inside = Dense.units(4).named("d");
    Model inner =
        Model.sequential("inner", Input.of("i", 3, 4), TimeDistributed.of(inside).named("td"));
    Model other =
        Model.sequential(
            "other", Input.of("o", 3, 4), TimeDistributed.of(Dense.units(4).named("d")).named("e"));
    Model outer = Model.sequential("outer", Input.of("y", 3, 4), inner, other);

    assertThat(outer.weightsByPath().keySet())
        .containsExactly(
            "inner/td/d/kernel", "inner/td/d/bias", "other/e/d/kernel", "other/e/d/bias");
    assertThat(outer.weight("inner/td/d/bias")).isSameAs(inside.weight("bias"));
    assertThat(outer.weightsByPath().inverse().get(inside.weight("kernel")))
        .isEqualTo("inner/td/d/kernel");
    assertThat(outer.weightsByPath().values()).containsExactlyElementsOf(outer.weights());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small("m").weight("d/gamma"))
        .withMessage("Model \"m\" has no weight \"d/gamma\"; it has [d/kernel, d/bias]");
  }

  @Test
  void weightsByPath_ofNamesThatMakeOnePath_isRefused() {
    Model inner = Model.sequential("a", Input.of("i", 4), Dense.units(4).named("b"));
    Model outer = Model.sequential("m", Input.of("x", 4), inner, Dense.units(4).named("a/b"));

    assertThatIllegalStateException()
        .isThrownBy(outer::weightsByPath)
        .withMessage(
            "Model \"m\" has two weights with the path \"a/b/kernel\", which tells weights apart in"
                + " files; give their layers other names");
  }

  @Test
  void of_cutBetweenLayers_takesTheTensorAsInput() {
    Model whole =
        Model.sequential(
            "whole", Input.of("x", 4), Dense.units(3).named("a"), Dense.units(2).named("b"));
    SymbolicTensor hidden = whole.output(whole.layer("a"));

    Model head = Model.of("head", hidden, whole.output());

    assertThat(head.inputs().keySet()).containsExactly("a");
    assertThat(head.layers()).containsExactly(whole.layer("b"));
    assertThat(head.countParams()).isEqualTo(8);
  }
}
