package dev.tandem.bench.djl;

import ai.djl.engine.Engine;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;

/** Measures DJL. */
public final class DjlProgram {

  private static final int SEED = 1;

  private DjlProgram() {}

  /** Takes WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    System.setProperty("ai.djl.pytorch.num_threads", Machine.threads());
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    new Program("djl", DjlProgram::make).main(args);
  }

  private static Workload make(Task task) {
    Engine.getInstance().setRandomSeed(SEED);
    return switch (task) {
      case MLP -> new DjlMlp();
      case RING -> new DjlGan();
      case DCGAN28, DCGAN32 ->
          throw new Unsupported("its PyTorch engine has no transposed convolution");
      case WGANGP28 ->
          throw new Unsupported(
              "its PyTorch engine has no transposed convolution, and its GradientCollector cannot"
                  + " differentiate gradients");
      case DCGAN64 -> throw new Unsupported("dcgan64 is for cards");
      default -> throw new Unsupported("not written for it");
    };
  }
}
