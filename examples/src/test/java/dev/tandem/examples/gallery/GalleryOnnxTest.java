package dev.tandem.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.onnx.Exports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nets of every example, as its code has them, in ONNX Runtime. */
@Tag("heavy") // reads MNIST eleven times
class GalleryOnnxTest {

  static List<Exhibit> exhibits() {
    return Gallery.all();
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void nets_inOnnxRuntime_predictWhatTheyPredictHere(Exhibit exhibit, @TempDir Path folder)
      throws OrtException {
    for (Direction direction : ExampleRecipe.of(exhibit).recipe().pair().directions()) {
      for (Model net : List.of(direction.generator(), direction.discriminator())) {
        assertThat(Exports.check(net, folder.resolve("net.onnx"))).as("%s", net).isLessThan(1e-5);
      }
    }
  }
}
