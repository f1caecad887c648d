package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What is said of settings that do not fit: the rule and the value. */
class SettingErrorsTest {

  static List<Mistake> wrongSettings() {
    return ImmutableList.of(
        Mistake.of("units is not at least 1: 0", () -> Dense.units(0)),
        Mistake.of("units is not at least 1: -3", () -> LSTM.units(-3)),
        Mistake.of("filters is not at least 1: 0", () -> Conv2D.filters(0)),
        Mistake.of("filters is not at least 1: 0", () -> Conv2DTranspose.filters(0)),
        Mistake.of("multiplier is not at least 1: 0", () -> DepthwiseConv2D.multiplier(0)),
        Mistake.of("kernel size is not at least 1: 0", () -> Conv2D.filters(1).kernel(3, 0)),
        Mistake.of("stride is not at least 1: 0", () -> Conv2D.filters(1).stride(0)),
        Mistake.of("dilation is not at least 1: 0", () -> Conv2D.filters(1).dilation(0)),
        Mistake.of(
            "output padding is not at least 0: -1",
            () -> Conv2DTranspose.filters(1).outputPadding(-1)),
        Mistake.of("pool window is not at least 1: 0", () -> MaxPooling2D.window(0)),
        Mistake.of("stride is not at least 1: -1", () -> AveragePooling2D.window(2).stride(1, -1)),
        Mistake.of("kernel size is not at least 1: 0", () -> Conv1D.filters(1).kernel(0)),
        Mistake.of("padding is not at least 0: -1", () -> ZeroPadding1D.of(1, -1)),
        Mistake.of(
            "padding is CAUSAL, which Conv1D and SeparableConv1D alone have; choose SAME or VALID",
            () -> MaxPooling1D.window(2).padding(Padding.CAUSAL)),
        Mistake.of("upsampling size is not at least 1: 0", () -> UpSampling2D.size(0)),
        Mistake.of("padding is not at least 0: -1", () -> ZeroPadding2D.of(-1)),
        Mistake.of("cropping is not at least 0: -2", () -> Cropping2D.of(1, -2)),
        Mistake.of("size is not at least 1: 0", () -> Reshape.of(3, 0)),
        Mistake.of("more than one size is left open: [-1, -1]", () -> Reshape.of(-1, -1)),
        Mistake.of("axes are not an order of 1 to 2: [0, 1]", () -> Permute.axes(0, 1)),
        Mistake.of("dropout rate is not in [0, 1): 1.2", () -> Dropout.rate(1.2)),
        Mistake.of("dropout rate is not in [0, 1): NaN", () -> Dropout.rate(Double.NaN)),
        Mistake.of("noise deviation is not at least 0: -0.1", () -> GaussianNoise.deviation(-0.1)),
        Mistake.of("momentum is not in [0, 1): 1.0", () -> BatchNormalization.of().momentum(1)),
        Mistake.of("epsilon is not above 0: 0.0", () -> LayerNormalization.of().epsilon(0)),
        Mistake.of(
            "axes are [0, 1]; name at least one, and not the batch, which is 0",
            () -> RMSNormalization.of().axes(0, 1)),
        Mistake.of("number of steps is not at least 1: 0", () -> RepeatVector.times(0)),
        Mistake.of("scale is not finite: NaN", () -> Rescaling.scale(Double.NaN)),
        Mistake.of("dropout rate is not in [0, 1): 1.0", () -> SpatialDropout1D.rate(1)),
        Mistake.of("number of heads is not at least 1: 0", () -> MultiHeadAttention.of(0, 2)),
        Mistake.of(
            "Bidirectional was put around unnamed Dense, which does not go along sequences; put it"
                + " around an LSTM, GRU or SimpleRNN",
            () -> Bidirectional.of(Dense.units(2))),
        Mistake.of(
            "Bidirectional was put around unnamed GRU, which goes in reverse; put it around one"
                + " that goes forward",
            () -> Bidirectional.of(GRU.units(2).reverse(true))),
        Mistake.of("rows is not at least 1: 0", () -> Embedding.of(0, 4)),
        Mistake.of("size is not at least 1: 0", () -> Embedding.of(4, 0)),
        Mistake.of(
            "embedding type is not floating point: INT",
            () -> Embedding.of(4, 4).dtype(DataType.INT32)),
        Mistake.of("axis is the batch: 0", () -> Concatenate.axis(0)),
        Mistake.of("shared axis is not at least 1: 0", () -> PRelu.of().sharedAxes(0, 1)),
        Mistake.of("leaky relu slope is not in [0, 1): 1.0", () -> Activations.leakyRelu(1)),
        Mistake.of("elu alpha is not at least 0: -1.0", () -> Activations.elu(-1)));
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void setting_outOfRange_saysTheRuleAndTheValue(Mistake mistake) {
    assertThat(catchThrowableOfType(IllegalArgumentException.class, mistake.mistake()::run))
        .hasMessage(mistake.message());
  }
}
