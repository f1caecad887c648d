package dev.tandem.gan.train;

import static dev.tandem.core.activation.Activations.sigmoid;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is said of images in another interval than the generator's. */
class SampleRangeTest {

  private static AdversarialPair pair(String ending) {
    Input noise = Input.of("noise", 2);
    Model open = Model.sequential("generator", noise, Dense.units(4), Reshape.of(2, 2, 1));
    Model generator =
        ending.equals("open")
            ? open
            : Model.of(
                "generator",
                noise,
                ActivationLayer.of(ending.equals("tanh") ? tanh() : sigmoid())
                    .apply(open.apply(noise)));
    Model critic =
        Model.sequential("critic", Input.of("image", 2, 2, 1), Flatten.of(), Dense.units(1));
    return AdversarialPair.of(generator, critic, Latent.normal(2));
  }

  private static List<String> remarks(String ending, RowSource images) {
    AdversarialPair pair = pair(ending);
    RealData data = RealData.of(pair, ImmutableList.of(images));
    INDArray first = data.first(pair.conditioning().realSamples(), 2);
    return new SampleRange(pair, data).remarks(Map.of(pair.conditioning().realSamples(), first));
  }

  private static Dataset floats(double least, double most) {
    INDArray images = Nd4j.linspace(DataType.FLOAT, least, (most - least) / 7, 8);
    return Dataset.builder().input("image", images.reshape(2, 2, 2, 1)).build();
  }

  private static RowSource bytes(PixelRange range) {
    INDArray levels = Nd4j.createFromArray(9, 50, 90, 100, 120, 150, 180, 255);
    return Dataset.builder()
        .input("image", levels.castTo(DataType.UINT8).reshape(2, 2, 2, 1))
        .build()
        .with("image", column -> column.scaled(range));
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 0, 255, 'else by samples.div(127.5).sub(1)'",
    "tanh, 0, 1, 'if they are pixels from 0 to 1, spread them by samples.mul(2).sub(1)'",
    "tanh, -300, 300, 'scale them to [-1, 1] by their least and largest'",
    "tanh, -1, 1, ''",
    "sigmoid, 0, 255, 'else by samples.div(255)'",
    "sigmoid, -1, 1, 'scale them to [0, 1] by their least and largest'",
    "sigmoid, 0, 1, ''",
    "open, 0, 255, 'else by samples.div(127.5).sub(1)'",
    "open, 0, 1, ''",
    "open, -3, 3, ''"
  })
  void floats_inAnInterval_areRemarkedOn(String ending, double least, double most, String remark) {
    List<String> remarks = remarks(ending, floats(least, most));

    if (remark.isEmpty()) {
      assertThat(remarks).isEmpty();
    } else {
      assertThat(remarks).hasSize(1);
      assertThat(remarks.get(0)).startsWith("images \"image\" lie in [").endsWith(remark);
    }
  }

  @Test
  void pixels_scaledToTheGenerators_areAlwaysRight() {
    assertThat(remarks("tanh", bytes(PixelRange.MINUS_ONE_TO_ONE))).isEmpty();
    assertThat(remarks("sigmoid", bytes(PixelRange.ZERO_TO_ONE))).isEmpty();
    assertThat(remarks("open", bytes(PixelRange.ZERO_TO_ONE))).isEmpty();
    assertThat(remarks("tanh", bytes(PixelRange.ZERO_TO_ONE)))
        .singleElement()
        .asString()
        .endsWith(
            "take data.with(\"image\", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE))");
  }
}
