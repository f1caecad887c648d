package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class OpsTest {

  private final Ops ops = new Ops();
  private final Value x = ops.feed("x", TensorSpec.of(2, 3));
  private final Value image = ops.feed("image", TensorSpec.of(2, 4, 4, 3));

  @Test
  void one_ofTheSameOpAndInputs_isTheSameValue() {
    assertThat(ActivationOps.leakyRelu(ops, x, 0.2)).isSameAs(ActivationOps.leakyRelu(ops, x, 0.2));
    assertThat(ActivationOps.leakyRelu(ops, x, 0.2))
        .isNotSameAs(ActivationOps.leakyRelu(ops, x, 0.3));
  }

  @Test
  void random_eachTime_isAStreamOfItsOwn() {
    assertThat(RandomOps.normal(ops, x.spec())).isNotSameAs(RandomOps.normal(ops, x.spec()));
  }

  @Test
  void scale_ofAScale_keepsTheValueInBetween() {
    Value inner = ops.scale(x, 2);

    assertThat(ops.scale(inner, 3).call().inputs()).containsExactly(inner);
    assertThat(ops.scale(inner, 1)).isSameAs(inner);
  }

  @Test
  void reshape_ofAReshape_keepsTheValueInBetween() {
    Value inner = ops.reshape(x, 6);

    assertThat(ops.reshape(inner, 3, 2).call().inputs()).containsExactly(inner);
    assertThat(ops.reshape(inner, 6)).isSameAs(inner);
  }

  @Test
  void sum_overSingleElements_isAReshape() {
    Value row = ops.reshape(x, 1, 6);

    assertThat(ops.sum(row, false, 0)).isSameAs(ops.reshape(row, 6));
  }

  @Test
  void slice_ofTheWhole_isTheInput() {
    assertThat(ops.slice(x, 1, 0, 3)).isSameAs(x);
  }

  @Test
  void mean_isASumAndAScale() {
    Value mean = ops.mean(image, false, 1, 2);

    assertThat(mean.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(mean.call().op()).isEqualTo(new Scale(1.0 / 16));
  }

  @Test
  void inputsThatDoNotFit_areRefusedByName() {
    Value whole = ops.cast(x, DataType.DOUBLE);
    refused(() -> ops.add(x, whole), "add of different types");
    refused(() -> ops.add(x, image), "do not broadcast");
    refused(() -> ops.matmul(x, x), "matmul of (2, 3) and (2, 3)");
    refused(() -> ops.slice(x, 1, 2, 2), "does not lie in (2, 3)");
    refused(() -> ops.slice(x, 1, -1, 2), "is negative");
    refused(() -> ops.slice(x, 0, -1, 2), "does not lie in (2, 3)");
    refused(() -> ops.reshape(x, 5), "changes the number of elements");
    refused(() -> ops.permute(x, 0, 0), "does not order the axes");
    refused(() -> ArrayOps.gather(ops, x, x), "needs int32 or int64 indices");
    refused(() -> LossOps.softmaxCrossEntropy(ops, x, whole), "softmax_cross_entropy of logits");
    refused(() -> NormOps.batchNorm(ops, x, x, x, 1e-3), "needs gamma and beta float32 (3,)");
    refused(() -> ImageOps.upSample2d(ops, x, 2, 2), "(batch, height, width, channels)");
    refused(() -> ops.sum(x, false, 2), "axis 2 is not in (2, 3)");
    refused(() -> ArrayOps.oneHot(ops, x, 3, DataType.FLOAT), "one_hot needs int32 or int64");
  }

  @Test
  void windowsThatDoNotFit_areRefused() {
    Value kernel = ops.feed("kernel", TensorSpec.of(5, 5, 3, 1));
    refused(
        () -> ImageOps.conv2d(ops, image, kernel, ConvGeometry.valid(2, 2)), "does not fit into");
    refused(() -> ImageOps.maxPool2d(ops, image, PoolWindow.valid(5, 1, 9, 1)), "no window");
    refused(() -> ConvGeometry.valid(0, 1), "strides are not positive: 0, 1");
    refused(() -> new ConvGeometry(1, 1, -1, 0, 0, 0, 1, 1), "padding is negative");
    refused(() -> new ConvGeometry(1, 1, 0, 0, 0, 0, 0, 1), "dilations are not positive");
    refused(
        () -> new PoolWindow(2, 2, new ConvGeometry(1, 1, 2, 0, 0, 0, 1, 1)),
        "padding is not smaller than the pool window");
  }

  private static void refused(Runnable draws, String message) {
    assertThatIllegalArgumentException().isThrownBy(draws::run).withMessageContaining(message);
  }
}
