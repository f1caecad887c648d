package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;
import dev.tandem.gan.data.StackedMnist;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StackedModesTest {

  /** "Digits" of ten pixels: the pixel of their number is one. */
  private static final StackedMnist DATA = data();

  private final FeatureExtractor reader = reader();

  private static StackedMnist data() {
    INDArray images = Nd4j.eye(10).castTo(DataType.FLOAT).reshape('c', 10, 2, 5, 1).dup('c');
    return StackedMnist.of(
        new LabeledImages(images, Nd4j.createFromArray(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
  }

  /** Its logits are the pixels themselves. */
  private static FeatureExtractor reader() {
    Input image = Input.of("image", 2, 5, 1);
    SymbolicTensor flat = Flatten.of().apply(image);
    SymbolicTensor logits = Dense.units(10).named("logits").apply(flat);
    Model model = Model.of("reader", List.of(image), List.of(flat, logits));
    model.weight("logits/kernel").set(Nd4j.eye(10).castTo(DataType.FLOAT));
    String features = model.outputs().keySet().iterator().next();
    return FeatureExtractor.of(model, features, "logits");
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void modes_areWhatTheDigitsSpell() {
    assertThat(StackedModes.of(reader, DATA).modes(DATA.batch(1, 0, 200)))
        .isEqualTo(DATA.labels(1, 0, 200).toIntVector());
  }

  @Test
  void perfectSamples_areAtTheFloor() {
    ModeReport report = StackedModes.of(reader, DATA).measure(DATA.batch(1, 0, 10_000), 1);

    assertThat(report.captured().value()).isEqualTo(1000);
    // (1000 − 1) / 20,000 to first order, and the next term, 1000² / (12 · 10,000²).
    assertThat(report.reverseKl().floor()).isCloseTo(.0508, within(.0002));
    assertThat(report.reverseKl().overFloor()).isCloseTo(0, within(.008));
  }

  @Test
  void oneMode_isAllThatACollapsedSamplerHas() {
    INDArray one = Nd4j.tile(DATA.batch(1, 0, 1), 1000, 1, 1, 1);
    ModeReport report = StackedModes.of(reader, DATA).measure(one, 1);

    assertThat(report.captured().value()).isEqualTo(1);
    assertThat(report.captured().floor()).isCloseTo(632.3, within(.1));
    assertThat(report.reverseKl().value()).isCloseTo(Math.log(1000), within(1e-9));
  }

  @Test
  void wrongImagesOrExtractors_areRefused() {
    StackedModes modes = StackedModes.of(reader, DATA);

    assertThatThrownBy(() -> modes.measure(DATA.batch(1, 0, 999), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1000 generated samples")
        .hasMessageContaining("got 999");
    assertThatThrownBy(() -> modes.modes(Nd4j.zeros(4, 2, 5, 1)))
        .hasMessage("stacked MNIST images are (n, height, width, 3), got (4, 2, 5, 1)");
    Input image = Input.of("image", 2, 5, 1);
    try (FeatureExtractor blind =
        FeatureExtractor.of(Model.of("blind", image, Flatten.of().apply(image)))) {
      assertThatThrownBy(() -> StackedModes.of(blind, DATA).modes(DATA.batch(1, 0, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs a classifier with 10 logits, but blind")
          .hasMessageContaining("has 0;");
    }
  }
}
