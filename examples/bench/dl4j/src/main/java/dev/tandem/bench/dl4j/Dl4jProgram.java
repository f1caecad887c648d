package dev.tandem.bench.dl4j;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Measures DL4J, as it ships or (see {@link org.nd4j.nativeblas.Nd4jCpu}) with oneDNN helpers. */
public final class Dl4jProgram {

  private static final String HELPERS_OFF = "org.eclipse.deeplearning4j.helpers.disable";

  private Dl4jProgram() {}

  /** Takes WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    boolean helped = System.getProperty(HELPERS_OFF, "true").equals("false");
    new Program(helped ? "dl4j+onednn" : "dl4j", Dl4jProgram::make).main(args);
  }

  private static Workload make(Task task) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    Nd4j.getRandom().setSeed(1);
    return switch (task) {
      case MLP -> new Dl4jMlp();
      case RING ->
          new Dl4jGan(
              Nets.RING, arrays(BenchData.ring(256), 256, 2), 2, new Adam(1e-3, 0.5, 0.999, 1e-8));
      case DCGAN28 -> new Dl4jGan(Nets.IMAGES28, images(28, 1), 100, adam());
      case DCGAN32 -> new Dl4jGan(Nets.IMAGES32, images(32, 3), 128, adam());
      case WGANGP28 -> throw new Unsupported("its ComputationGraph cannot differentiate gradients");
      case DCGAN64 -> throw new Unsupported("dcgan64 is for cards");
      default -> throw new Unsupported("not written for it");
    };
  }

  private static Adam adam() {
    return new Adam(2e-4, 0.5, 0.999, 1e-8);
  }

  private static INDArray[] images(int size, int channels) {
    float[][] images = BenchData.images(64, size, channels);
    float[][] turned = BenchData.channelsFirst(images, size * size, channels);
    return arrays(turned, 64, channels, size, size);
  }

  private static INDArray[] arrays(float[][] batches, long... shape) {
    return Arrays.stream(batches)
        .map(values -> Nd4j.createFromArray(values).reshape(shape))
        .toArray(INDArray[]::new);
  }
}
