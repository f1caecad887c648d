package dev.tandem.examples.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.io.ModelFile;
import dev.tandem.examples.Cli;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.gan.metric.FeatureExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ClassifierTrainingTest {

  private static final Mnist MNIST = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);

  private static LabeledImages first(LabeledImages all, int count) {
    return new LabeledImages(
        all.images().get(NDArrayIndex.interval(0, count)),
        all.labels().get(NDArrayIndex.interval(0, count)));
  }

  @Test
  void training_onSomeImages_isBetterThanChance_andIsKeptWithoutDropout(@TempDir Path directory) {
    LabeledImages some = first(MNIST.train(), 1_500);
    LabeledImages test = first(MNIST.test(), 500);
    int[] steps = new int[1];
    try (ClassifierTraining training =
        new ClassifierTraining(2, some.size(), 1, new PlanEngine())) {
      training.train(some, result -> steps[0]++);
      ModelFile.save(training.extractor(), directory);

      assertThat(steps[0]).isEqualTo(30);
      assertThat(training.accuracy(test)).isGreaterThan(.5);
      try (FeatureExtractor kept = FeatureExtractor.load(directory)) {
        assertThat(Accuracy.of(kept, test)).isEqualTo(training.accuracy(test));
      }
    }
  }

  @Test
  void command_whoseFolderIsTaken_isRefusedBeforeItTrains(@TempDir Path directory)
      throws IOException {
    Path model = directory.resolve("model");
    try (RunFolder other = RunFolder.ofModel(model)) {
      Cli cli = Cli.run("classifier", "--out", other.path().toString());
      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(cli.err()).contains(model + ": is where another run writes to now; wait for it");
    }
    assertThat(model).as("the lock lies beside it").isEmptyDirectory();
    Files.writeString(model.resolve("notes.txt"), "mine");
    Cli cli = Cli.run("classifier", "--out", model.toString());
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("holds notes.txt and no manifest.json: it is not a Tandem");
  }

  @Test
  void bundledClassifier_isRightOn99PercentOfTheTestImages() {
    try (FeatureExtractor bundled = FeatureExtractor.mnist()) {
      assertThat(Accuracy.of(bundled, MNIST.test())).isGreaterThanOrEqualTo(.99);
    }
  }

  @Tag("heavy")
  @Test
  void command_withItsDefaults_reaches99Percent(@TempDir Path directory) {
    Cli cli = Cli.run("classifier", "--out", directory.resolve("model").toString());

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).containsPattern("test images: 99\\.\\d\\d %");
    try (FeatureExtractor trained = FeatureExtractor.load(directory.resolve("model"))) {
      assertThat(Accuracy.of(trained, MNIST.test())).isGreaterThanOrEqualTo(.99);
    }
  }
}
