package dev.tandem.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class MnistRunTest {

  private static final int STEPS = 3;

  @TempDir static Path directory;
  private static Dataset images;
  private static final List<DcganTraining.Result> RESULTS = new ArrayList<>();

  @BeforeAll
  static void trainThreeTimes() throws IOException {
    Mnist mnist = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
    images = Dataset.builder().input(MnistRun.IMAGE, mnist.train().images()).build().take(64);
    train("first", 7).forEach(RESULTS::add);
    train("again", 7);
    train("other", 8);
  }

  private static List<DcganTraining.Result> train(String name, long seed) throws IOException {
    List<DcganTraining.Result> results = new ArrayList<>();
    MnistRun run =
        new MnistRun(
            STEPS, 8, 8, seed, new PlanEngine(), Files.createDirectory(directory.resolve(name)));
    run.train(images, results::add);
    return results;
  }

  @Test
  void run_afterItsSteps_hasToldTheirLosses() {
    assertThat(RESULTS).hasSize(STEPS);
    assertThat(RESULTS)
        .allSatisfy(result -> assertThat(result.generator()).isPositive().isFinite());
  }

  @Test
  void run_afterItsSteps_leavesAPictureOfEach() throws IOException {
    for (String name : List.of("step-000001.png", "step-000003.png", "samples.png")) {
      assertThat(ImageIO.read(directory.resolve("first").resolve(name).toFile()).getWidth())
          .isEqualTo(8 * (2 * 28 + 2) + 2);
    }
  }

  @Test
  void run_afterItsSteps_leavesAnAnimation() throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(directory.resolve("first/progress.gif").toFile())) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(STEPS);
    }
  }

  @Test
  void generator_loadedAgain_drawsTheLastPicturesImages() {
    Model generator = ModelFile.load(directory.resolve("first/generator"));
    INDArray noise = new NoiseSource(1, 2, Dcgan.LATENT).next();

    assertThat(Predictor.of(generator).predict(noise).shape()).containsExactly(2, 28, 28, 1);
  }

  @Test
  void run_ofTheSameSeed_leavesTheSamePicturesToTheBit() throws IOException {
    for (String name : List.of("samples.png", "step-000001.png", "progress.gif")) {
      assertThat(directory.resolve("again").resolve(name))
          .hasSameBinaryContentAs(directory.resolve("first").resolve(name));
    }
  }

  @Test
  void run_ofAnotherSeed_leavesOtherPictures() throws IOException {
    assertThat(Files.readAllBytes(directory.resolve("other/samples.png")))
        .isNotEqualTo(Files.readAllBytes(directory.resolve("first/samples.png")));
  }
}
