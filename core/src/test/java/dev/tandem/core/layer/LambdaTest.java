package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Where the output shapes of code come from. */
class LambdaTest {

  private final Input input = Input.of("x", 4, 3);

  @Test
  void output_keepsTheBatchOpen() {
    Lambda lambda = Lambda.of((ops, in) -> ops.sum(in.get(0), false, 1));

    assertThat(lambda.apply(input).shape()).isEqualTo(Shape.of(Shape.BATCH, 3));
  }

  @Test
  void output_withoutTheBatch_isConcrete() {
    assertThat(Lambda.of((ops, in) -> ops.mean(in.get(0))).apply(input).shape())
        .isEqualTo(Shape.scalar());
    assertThat(Lambda.of((ops, in) -> ops.sum(in.get(0), false, 0)).apply(input).shape())
        .isEqualTo(Shape.of(4, 3));
  }

  @Test
  void output_withTheBatchElsewhere_isRefused() {
    Lambda lambda = Lambda.of("turned", (ops, in) -> ops.permute(in.get(0), 1, 0, 2));

    assertThatThrownBy(() -> lambda.apply(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lambda \"turned\" must keep the batch as the first axis, got (4, 3, 3) for batches of"
                + " 3 and (4, 5, 3) for batches of 5 from \"x\"; reshape its output");
  }

  @Test
  void samediff_outputWithTheBatchElsewhere_isRefused() {
    SameDiffLayer code = SameDiffLayer.of("turned", (sd, in) -> sd.permute(in.get(0), 1, 0, 2));

    assertThatThrownBy(() -> code.apply(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SameDiffLayer \"turned\" must keep the batch as the first axis");
  }

  @Test
  void samediff_outputOfItsCode_keepsTheBatchOpen() {
    SameDiffLayer code = SameDiffLayer.of("sums", (sd, in) -> in.get(0).sum(2));

    assertThat(code.apply(input).shape()).isEqualTo(Shape.of(Shape.BATCH, 4));
  }
}
