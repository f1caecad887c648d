package dev.tandem.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.DepthwiseConv2D;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.examples.bench.systems.BenchNets;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

  private static final Size DCGAN28 = new Size(64, 4, 1);

  @Test
  void forward_ofDcgan28_countsTwoForEachProduct() {
    assertThat(Arithmetic.forward(BenchNets.generator28()))
        .containsExactly(
            2L * 100 * 6272,
            2L * 4 * 4 * 128 * 128 * 7 * 7,
            2L * 4 * 4 * 128 * 64 * 14 * 14,
            2L * 7 * 7 * 64 * 28 * 28);
    assertThat(Arithmetic.forward(BenchNets.discriminator28()))
        .containsExactly(2L * 4 * 4 * 64 * 14 * 14, 2L * 4 * 4 * 64 * 128 * 7 * 7, 2L * 6272);
  }

  @Test
  void step_ofDcgan28_isThreeForwardsOfTheGeneratorsAndMore() {
    long g = 2L * (100 * 6272 + 4 * 4 * 128 * (128 * 49 + 64 * 196) + 49 * 64 * 784);
    long d = 2L * (16 * 64 * 196 + 16 * 64 * 128 * 49 + 6272);
    long firstOfG = 2L * 100 * 6272;
    long firstOfD = 2L * 16 * 64 * 196;

    assertThat(Arithmetic.step(BenchNets.generator28(), BenchNets.discriminator28()))
        .isEqualTo(g + 2 * (3 * d - firstOfD) + 3 * g - firstOfG + 2 * d);
  }

  @Test
  void nets_ofWidth4AndDepth1_areThoseOfDcgan28() {
    assertThat(ScaledNets.generator(DCGAN28).countParams())
        .isEqualTo(BenchNets.generator28().countParams());
    assertThat(ScaledNets.discriminator(DCGAN28).countParams())
        .isEqualTo(BenchNets.discriminator28().countParams());
    assertThat(Arithmetic.forward(ScaledNets.generator(DCGAN28)))
        .isEqualTo(Arithmetic.forward(BenchNets.generator28()));
  }

  @Test
  void nets_ofMoreDepth_haveMoreConvolutions() {
    Size deep = new Size(64, 1, 4);

    assertThat(Arithmetic.forward(ScaledNets.generator(deep))).hasSize(4 + 3 * 3);
    assertThat(Arithmetic.forward(ScaledNets.discriminator(deep))).hasSize(3 + 2 * 3);
  }

  @Test
  void sizes_ofAllAxes_beginWithTheBase() {
    assertThat(Size.all()).hasSize(12).first().isEqualTo(Size.BASE);
    assertThat(Size.all()).contains(new Size(512, 1, 1), new Size(64, 8, 1), new Size(64, 1, 4));
  }

  @Test
  void bytes_ofALargerBatch_grow() {
    Model g = ScaledNets.generator(Size.BASE);
    Model d = ScaledNets.discriminator(Size.BASE);
    long one = Arithmetic.bytes(g, d, 1);
    long two = Arithmetic.bytes(g, d, 2);
    long weights = 4 * 4 * (g.countParams() + d.countParams());

    assertThat(one).isGreaterThan(weights);
    assertThat(two - weights).isEqualTo(2 * (one - weights));
  }

  @Test
  void layer_thatIsNotCounted_isNamed() {
    Model model =
        Model.sequential(
            "m",
            Input.of("image", Shape.of(4, 4, 2)),
            DepthwiseConv2D.multiplier(2).kernel(3).named("deep"));

    assertThatThrownBy(() -> Arithmetic.forward(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deep");
  }
}
