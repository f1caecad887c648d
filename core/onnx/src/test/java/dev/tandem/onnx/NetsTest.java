package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.net.NetSample;
import dev.tandem.gan.net.NetSamples;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The nets of published GANs in ONNX Runtime, against Tandem's own predictor. */
class NetsTest {

  @TempDir Path folder;

  private final Map<String, Double> differences = new TreeMap<>();
  private final Set<String> tried = new HashSet<>();

  @Test
  void nets_inOnnxRuntime_predictWhatTheyPredictHere() throws OrtException {
    for (NetSample sample : NetSamples.all()) {
      check("" + sample, sample.pair().get());
    }
    requireSmall();
  }

  @Test
  void presets_inOnnxRuntime_predictWhatTheyPredictHere() throws OrtException {
    for (Preset preset : Presets.all()) {
      check(preset + " on images", pair(preset, Shape.of(16, 16, 1)));
      check(preset + " on points", pair(preset, Shape.of(2)));
    }
    requireSmall();
  }

  private void requireSmall() {
    assertThat(differences.values()).isNotEmpty().allMatch(difference -> difference < 1e-5);
  }

  private static AdversarialPair pair(Preset preset, Shape sample) {
    INDArray samples = Nd4j.zeros(DataType.FLOAT, sample.prepend(4).toArray());
    Dataset data =
        Dataset.builder()
            .input("sample", samples)
            .target("label", Nd4j.createFromArray(0, 1, 2, 3))
            .build();
    return preset.on(data).batch(2).pair();
  }

  private void check(String title, AdversarialPair pair) throws OrtException {
    for (Direction direction : pair.directions()) {
      for (Model net : new Model[] {direction.generator(), direction.discriminator()}) {
        if (!tried.add(net.summary().toString())) {
          continue; // presets share nets
        }
        double difference = Exports.check(net, folder.resolve("net.onnx"));
        differences.merge(title + ", " + net, difference, Math::max);
      }
    }
  }
}
