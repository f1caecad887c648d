package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each selection of a recipe narrows the ones before. */
class NarrowedSelectionsTest {

  private final Layer g1 = times("g1", 1);
  private final Layer g2 = times("g2", 1);
  private final Layer d = times("d", 1);
  private final Model generator = Model.sequential("generator", Input.of("z", 1), g1, g2);
  private final Model discriminator = Model.sequential("discriminator", Input.of("x", 1), d);
  private final Model gan = Model.sequential("gan", Input.of("noise", 1), generator, discriminator);

  @OnBothEngines
  @DisplayName("rule 5: only and except hold together, in all orders")
  void selections_inAllOrders_moveWhatAllAccept(Engine engine) {
    UnaryOperator<Training> only = t -> t.only(generator);
    UnaryOperator<Training> except = t -> t.except(g1);
    UnaryOperator<Training> predicate = t -> t.selecting(weight -> weight.owner() != g1);
    UnaryOperator<Training> several = t -> t.only(g2, d);
    for (List<UnaryOperator<Training>> chain :
        List.of(
            List.of(only, except),
            List.of(except, only),
            List.of(only, predicate),
            List.of(predicate, only),
            List.of(only, several),
            List.of(several, only),
            List.of(except, predicate, only),
            List.of(only, except, several))) {
      Training recipe = descent(engine, 0.1);
      for (UnaryOperator<Training> next : chain) {
        recipe = next.apply(recipe);
      }
      Trainer trainer = gan.compile(recipe);
      assertThat(trainer.moves()).containsExactly(g2.weight("kernel"));
      double[][] before = Toys.values(gan);
      step(trainer, 1, 0);
      assertThat(Toys.values(gan)[0]).isEqualTo(before[0]);
      assertThat(Toys.values(gan)[1]).isNotEqualTo(before[1]);
      assertThat(Toys.values(gan)[2]).isEqualTo(before[2]);
    }
  }

  @Test
  void selections_thatExcludeEachOther_areRefusedNamingBoth() {
    Training both = descent(new PlanEngine(), 0.1).only(generator).only(discriminator);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan.compile(both))
        .withMessage(
            "only(\"generator\") and only(\"discriminator\") leave nothing to train in Model"
                + " \"gan\": selections narrow each other; begin with a recipe that has none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan.compile(descent(new PlanEngine(), 0.1).only(g1).except(generator)))
        .withMessageContaining("leave nothing to train");
  }

  @Test
  void selections_ofWhichOneAcceptsNothing_areLegal() {
    Training none = descent(new PlanEngine(), 0.1).only(generator).selecting(weight -> false);

    assertThat(gan.compile(none).moves()).isEmpty();
  }

  @Test
  void selection_ofPartsThatAreNotInTheModel_isRefusedInAChainToo() {
    Training recipe =
        descent(new PlanEngine(), 0.1).only(generator).selecting(Selection.except(g1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> discriminator.compile(recipe))
        .withMessageContaining("has no weight of Model \"generator\"");
  }
}
