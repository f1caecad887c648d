package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static Model model(String name, Dense... layers) {
    return Model.sequential(name, Input.of("x", 2), layers);
  }

  @Test
  void only_ofSeveralParts_acceptsTheirWeightsAndNoOthers() {
    Dense a = Dense.units(2).named("a");
    Dense b = Dense.units(2).named("b");
    Dense c = Dense.units(2).named("c");
    Model all = model("all", a, b, c);

    assertThat(Snapshot.of(all, Selection.only(c, a)).moved())
        .containsExactly(
            a.weight("kernel"), a.weight("bias"), c.weight("kernel"), c.weight("bias"));
    assertThat(Snapshot.of(all, Selection.except(model("ab", a, b))).moved())
        .containsExactly(c.weight("kernel"), c.weight("bias"));
  }

  @Test
  void only_ofPartsThatAreNotInTheModel_isRefusedNamingBoth() {
    Dense a = Dense.units(2).named("a");
    Model generator = model("generator", a);
    Dense stranger = Dense.units(2).named("stranger");
    Model other = model("other", stranger);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Snapshot.of(generator, Selection.only(stranger, other)))
        .withMessage(
            "Model \"generator\" has no weight of Dense \"stranger\" or Model \"other\", so"
                + " only(\"stranger\", \"other\") leaves nothing to train; it calls [x, a]");
  }

  @Test
  void only_ofAPartInTheModelAndOneThatIsNot_isLegal() {
    Dense a = Dense.units(2).named("a");
    Dense stranger = Dense.units(2).named("stranger");
    Model generator = model("generator", a);
    model("other", stranger);

    assertThat(Snapshot.of(generator, Selection.only(a, stranger)).moved()).hasSize(2);
  }

  @Test
  void only_ofAFrozenPart_isLegalAndMovesNothing() {
    Dense a = Dense.units(2).named("a").trainable(false);
    Model generator = model("generator", a, Dense.units(2).named("b"));

    assertThat(Snapshot.of(generator, Selection.only(a)).moved()).isEmpty();
  }

  @Test
  void except_ofEverything_isLegalAndMovesNothing() {
    Model generator = model("generator", Dense.units(2).named("a"));

    assertThat(Snapshot.of(generator, Selection.except(generator)).moved()).isEmpty();
  }

  @Test
  void only_ofNull_isRefusedByName() {
    Dense a = Dense.units(2).named("a");
    model("m", a);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.only(a, null))
        .withMessage("only(...) was given null, among [Dense \"a\", null]; name layers and models");
  }

  @Test
  void sequential_ofNull_isRefusedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model("m", Dense.units(2), null))
        .withMessage("number 2 of the chain is null; give a layer or a model");
  }

  @Test
  void only_ofALayerThatWasNotCalled_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.only(Dense.units(2).named("later")))
        .withMessage(
            "only(...) cannot select Dense \"later\": it has no weights before its first call;"
                + " build the model first");
  }

  @Test
  void except_ofALayerWithoutWeights_isRefused() {
    Flatten flat = Flatten.of().named("flat");
    flat.apply(Input.of("x", 2, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.except(flat))
        .withMessage("except(...) cannot select Flatten \"flat\": it has no weights");
  }

  @Test
  void only_ofNothing_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(Selection::only)
        .withMessage("only() selects nothing; name a layer or a model");
  }
}
