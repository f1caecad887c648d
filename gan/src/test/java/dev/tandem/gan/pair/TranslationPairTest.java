package dev.tandem.gan.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.latent.Latent;
import org.junit.jupiter.api.Test;

/** Pairs that start from samples: what they consist of, and which are refused. */
class TranslationPairTest {

  private static final Cycle CYCLE = new Cycle(10, 5, 50);

  private static Model net(String name, int from, int to) {
    return Model.sequential(name, Input.of("x", from), Dense.units(to).named("only"));
  }

  private static AdversarialPair cycle(int back) {
    return AdversarialPair.cyclic(
        new Direction(net("forth", 2, 2), net("judge_forth", 2, 1)),
        new Direction(net("back", back, 2), net("judge_back", 2, 1)),
        CYCLE);
  }

  @Test
  void cycle_ofFourNets_hasTwoOnEachSide() {
    AdversarialPair pair = cycle(2);

    assertThat(pair.directions())
        .extracting(way -> way.generator().name(), way -> way.discriminator().name())
        .containsExactly(tuple("forth", "judge_forth"), tuple("back", "judge_back"));
    assertThat(pair.generator().countParams()).isEqualTo(2 * 6);
    assertThat(pair.discriminator().countParams()).isEqualTo(2 * 3);
    assertThat(pair.parts(pair.generator().copy("copy")))
        .extracting(Model::name)
        .containsExactly("forth", "back");
  }

  @Test
  void pairWithoutACycle_hasOneDirection() {
    Model generator = net("g", 3, 2);
    Model discriminator = net("d", 5, 1);
    AdversarialPair pair = AdversarialPair.translating(generator, discriminator, 100);

    assertThat(pair.directions()).containsExactly(new Direction(generator, discriminator));
    assertThat(pair.sampleShape().toArray()).containsExactly(2);
  }

  @Test
  void translation_thatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> AdversarialPair.translating(net("g", 3, 2), net("d", 2, 1), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Model \"d\" judges float32 (batch, 2), and not what Model \"g\" makes, which it sees"
                + " behind their sources as float32 (batch, 5); make the discriminator's input like"
                + " that");
    assertThatThrownBy(
            () ->
                AdversarialPair.translating(
                    Model.sequential("g", Input.of("x", 4, 4, 3), Conv2D.filters(1).kernel(1)),
                    Model.sequential("d", Input.of("x", 4, 4, 3), Conv2D.filters(1).kernel(1)),
                    100))
        .hasMessageContaining("judges float32 (batch, 4, 4, 3), and not what")
        .hasMessageContaining("float32 (batch, 4, 4, 4)");
    assertThatThrownBy(() -> new Translation(-1))
        .hasMessage("weight of the distance loss is not a number of at least 0: -1.0");
    assertThatThrownBy(
            () ->
                new AdversarialPair(
                    net("g", 2, 2), net("d", 4, 1), Latent.normal(2), new Translation(1), 1))
        .hasMessageContaining("starts from samples of the data, not from NormalLatent")
        .hasMessageEndingWith("give Latent.none()");
    assertThatThrownBy(
            () ->
                new AdversarialPair(
                    net("g", 2, 2), net("d", 8, 1), Latent.none(), new Translation(1), 2))
        .hasMessageContaining("packing 2 has no rule for classes or sources");
    assertThatThrownBy(() -> AdversarialPair.of(net("g", 2, 2), net("d", 2, 1), Latent.none()))
        .hasMessageContaining("expects a latent (batch, …) like float32 (batch, 2)");
  }

  @Test
  void cycle_thatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> cycle(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Model \"forth\" leads from float32 (batch, 2) to float32 (batch, 2), and Model"
                + " \"back\" from float32 (batch, 3) to float32 (batch, 2), which is not the way"
                + " back; make it so that it is");
    Direction forth = new Direction(net("forth", 2, 3), net("judge_forth", 3, 1));
    Direction back = new Direction(net("back", 3, 2), net("judge_back", 2, 1));
    assertThatThrownBy(() -> AdversarialPair.cyclic(forth, back, CYCLE))
        .hasMessageContaining("an identity loss of weight 5.0")
        .hasMessageContaining("float32 (batch, 2) and float32 (batch, 3); make that weight 0");
    assertThat(AdversarialPair.cyclic(forth, back, new Cycle(10, 0, 0)).sampleShape().length())
        .isEqualTo(3);
    assertThatThrownBy(
            () ->
                AdversarialPair.cyclic(
                    forth, new Direction(back.generator(), net("forth", 2, 1)), CYCLE))
        .hasMessageStartingWith("two nets of a cycle are named \"forth\"; give each a name");
    assertThatThrownBy(
            () ->
                AdversarialPair.cyclic(
                    new Direction(forth.generator(), net("judge_forth", 2, 1)), back, CYCLE))
        .hasMessageContaining("Model \"judge_forth\" judges float32 (batch, 2), and not what");
    assertThatThrownBy(
            () ->
                new AdversarialPair(
                    net("g", 2, 2), net("d", 2, 1), Latent.none(), new Cycle(10, 5, 50), 1))
        .hasMessageStartingWith("Model \"g\" does not consist of two nets")
        .hasMessageContaining("AdversarialPair.cyclic(forth, back, cycle)");
    assertThatThrownBy(() -> new Cycle(1, 1, -1))
        .hasMessage("size of the replay pool is not at least 0: -1");
  }
}
