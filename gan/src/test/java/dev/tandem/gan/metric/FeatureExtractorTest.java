package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureExtractorTest {

  private static Model classifier() {
    Input image = Input.of("image", 2, 2, 1);
    SymbolicTensor flat = Flatten.of().apply(image);
    SymbolicTensor features = Dense.units(3).named("features").apply(flat);
    SymbolicTensor logits = Dense.units(10).named("logits").apply(features);
    return Model.of("net", List.of(image), List.of(features, logits)).initialize(1);
  }

  @Test
  void bundledClassifier_givesFeaturesAndLogits() {
    try (FeatureExtractor extractor = FeatureExtractor.mnist()) {
      Features features = extractor.extract(Nd4j.zeros(DataType.FLOAT, 3, 28, 28, 1));

      assertThat(features.values().shape()).containsExactly(3, 64);
      assertThat(features.logits().orElseThrow().shape()).containsExactly(3, 10);
      assertThat(features.space().name()).isEqualTo("mnist_classifier");
    }
  }

  @Test
  void bundledClassifier_isTheOneThatWasTrained() {
    try (FeatureExtractor extractor = FeatureExtractor.mnist()) {
      assertThat(extractor.space().sha256())
          .isEqualTo("171ea27a879caec3260950b1372eec2cce6a78877e3facd92fd2478428299bb9");
    }
  }

  @Test
  void extractor_ofDataInBatches_givesTheFeaturesOfAllAtOnce() {
    Input point = Input.of("point", 4);
    Model model = Model.of("linear", point, Dense.units(2).apply(point)).initialize(1);
    INDArray samples = Nd4j.arange(28).castTo(DataType.FLOAT).reshape(7, 4);
    Dataset data = Dataset.builder().input("x", samples).build();
    try (FeatureExtractor extractor = FeatureExtractor.of(model)) {
      assertThat(extractor.extract(data, 3).values())
          .isEqualTo(extractor.extract(samples).values());
    }
  }

  @Test
  void extractor_ofOneOutput_hasNoLogits() {
    Input point = Input.of("point", 4);
    Model model = Model.of("linear", point, Dense.units(2).apply(point));
    try (FeatureExtractor extractor = FeatureExtractor.of(model)) {
      Features features = extractor.extract(Nd4j.ones(DataType.FLOAT, 5, 4));

      assertThat(features.logits()).isEmpty();
      assertThat(features.values().dataType()).isEqualTo(DataType.DOUBLE);
      assertThat(features.dimensions()).isEqualTo(2);
      assertThat(features.count()).isEqualTo(5);
    }
  }

  @Test
  void hash_followsTheWeights() {
    Model model = classifier();
    String before = FeatureExtractor.of(model, "features").space().sha256();
    INDArray bias = model.weight("features/bias").values();
    model.weight("features/bias").set(bias.add(1e-6));

    assertThat(before).hasSize(64);
    assertThat(FeatureExtractor.of(model, "features").space().sha256()).isNotEqualTo(before);
    model.weight("features/bias").set(bias);
    assertThat(FeatureExtractor.of(model, "features").space().sha256()).isEqualTo(before);
  }

  @Test
  void savedModel_isLoadedWithItsHash(@TempDir Path directory) {
    Model model = classifier();
    ModelFile.save(model, directory);

    FeatureExtractor loaded = FeatureExtractor.load(directory);

    assertThat(loaded.space()).isEqualTo(FeatureExtractor.of(model, "features", "logits").space());
    assertThat(loaded.extract(Nd4j.ones(DataType.FLOAT, 1, 2, 2, 1)).logits()).isPresent();
  }

  @Test
  void modelsThatDoNotFit_areRefused() {
    Model model = classifier();
    Input image = Input.of("image", 4, 4, 1);
    Model pictures = Model.of("pictures", image, Conv2D.filters(2).kernel(3).apply(image));

    assertThatThrownBy(() -> FeatureExtractor.of(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several outputs [features, logits]");
    assertThatThrownBy(() -> FeatureExtractor.of(model, "pool"))
        .hasMessage("Model \"net\" has no output \"pool\"; there are [features, logits]");
    assertThatThrownBy(() -> FeatureExtractor.of(pictures))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of Model \"pictures\" is not (batch, features): (batch, 2, 2, 2)")
        .hasMessageContaining("insert a Flatten");
  }

  @Test
  void samplesWithNaN_areRefused() {
    try (FeatureExtractor extractor = FeatureExtractor.of(classifier(), "features")) {
      INDArray image = Nd4j.ones(DataType.FLOAT, 2, 2, 2, 1);
      image.putScalar(0, Float.NaN);

      assertThatThrownBy(() -> extractor.extract(image))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
