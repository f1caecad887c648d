package dev.tandem.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Zips that DL4J 1.0.0-M2.1 wrote, kept in this project, give what DL4J's nets gave then. */
class FixturesTest {

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(FixturesTest.class.getResource(name).toURI());
  }

  /** Numbers from -1 up to 1. */
  static INDArray ramp(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return Nd4j.linspace(DataType.FLOAT, -1, 2.0 / (length - 1), length).reshape('c', shape);
  }

  private static void assertGives(Model model, Map<String, INDArray> inputs, String name)
      throws IOException, URISyntaxException {
    List<String> lines = Files.readAllLines(resource(name + ".txt"));
    try (Predictor predictor = Predictor.of(model)) {
      float[] actual =
          predictor.predict(inputs).values().iterator().next().dup('c').data().asFloat();
      assertThat(actual).hasSize(lines.size());
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(Float.parseFloat(lines.get(i)), within(1e-5f));
      }
    }
  }

  @Test
  void classifier_ofAnOldZip_givesWhatItGave() throws Exception {
    Dl4jNet read = Dl4jFile.of(resource("classifier.zip")).input("input", 8, 8, 2).read();
    assertGives(read.model(), Map.of("input", ramp(2, 8, 8, 2)), "classifier");
    assertThat(read.report().notes()).anyMatch(note -> note.contains("log10"));
  }

  @Test
  void sequences_ofAnOldZip_giveWhatTheyGave() throws Exception {
    Model model = Dl4jFile.of(resource("sequences.zip")).input("input", 4, 3).read().model();
    assertGives(model, Map.of("input", ramp(2, 4, 3)), "sequences");
  }

  @Test
  void graph_ofAnOldZip_givesWhatItGave() throws Exception {
    Dl4jFile file = Dl4jFile.of(resource("generator.zip")).input("noise", 4).input("style", 3);
    Model model = file.read().model();
    assertGives(model, Map.of("noise", ramp(2, 4), "style", ramp(2, 3)), "generator");
  }
}
