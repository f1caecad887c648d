package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

class SameDiffFileTest {

  private static final int BATCH = 3;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net.fb");
  }

  private void assertSamePredictions(Model model) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    model
        .inputs()
        .forEach(
            (name, tensor) ->
                inputs.put(
                    name,
                    Nets.numbers(name.hashCode(), tensor.shape().withBatch(BATCH).toArray())));
    SameDiffFile.save(model, BATCH, file());

    SameDiff plain = SameDiff.load(file().toFile(), false);

    assertThat(plain.inputs()).containsExactlyInAnyOrderElementsOf(model.inputs().keySet());
    Map<String, INDArray> got = plain.output(inputs, List.copyOf(model.outputs().keySet()));
    try (Predictor predictor = Predictor.of(model)) {
      predictor
          .predict(inputs)
          .forEach(
              (name, expected) -> {
                assertThat(got.get(name).shape()).isEqualTo(expected.shape());
                assertThat(got.get(name).dataType()).isEqualTo(expected.dataType());
                assertThat(got.get(name).equalsWithEps(expected, 1e-6)).as(name).isTrue();
              });
    }
  }

  @Test
  void save_ofADenseModel_predictsTheSameInPlainSameDiff() {
    assertSamePredictions(Nets.chain("m", 1));
  }

  @Test
  void save_ofConvolutionsAndBatchNormalization_predictsTheSameInPlainSameDiff() {
    assertSamePredictions(Nets.discriminator(1));
  }

  @Test
  void save_ofNestedModelsWithATransposedConvolution_predictsTheSameInPlainSameDiff() {
    assertSamePredictions(Nets.gan(Nets.generator(1), Nets.discriminator(2)));
  }

  @Test
  void save_ofSeveralInputsAndOutputs_predictsTheSameInPlainSameDiff() {
    assertSamePredictions(Nets.siamese(1));
  }

  @Test
  void save_overAnEarlierExport_replacesIt() {
    SameDiffFile.save(Nets.generator(1), 1, file());

    assertSamePredictions(Nets.chain("m", 1));
    assertThat(folder.toFile().list()).containsExactly("net.fb");
  }

  @Test
  void save_intoAFolderThatIsNotThere_isRefused() {
    Path nowhere = folder.resolve("none/net.fb");

    assertThatThrownBy(() -> SameDiffFile.save(Nets.chain("m", 1), 1, nowhere))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(nowhere + ": cannot be written (")
        .hasMessageContaining("does its directory exist");
  }

  @Test
  void save_ofBatchesOfNothing_isRefused() {
    assertThatThrownBy(() -> SameDiffFile.save(Nets.chain("m", 1), 0, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size is not at least 1: 0");
  }

  @Test
  void save_mayBeReadByWhomTheUmaskAllows() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path other = Files.createFile(folder.resolve("other"));

    SameDiffFile.save(Nets.chain("m", 1), 1, file());

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(Files.getPosixFilePermissions(other));
    SameDiffFile.save(Nets.chain("m", 2), 1, file());
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }
}
