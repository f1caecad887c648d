package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import org.bytedeco.pytorch.global.torch;

/**
 * Measures libtorch. With {@code -Dtandem.bench.channelsLast=true} images lie channels last in
 * memory.
 */
public final class TorchProgram {

  private static final int SEED = 1;

  private TorchProgram() {}

  /** Takes WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    Layout layout =
        Boolean.getBoolean("tandem.bench.channelsLast")
            ? Layout.CHANNELS_LAST
            : Layout.CHANNELS_FIRST;
    new Program(layout.system(), task -> make(task, new TorchNets(layout))).main(args);
  }

  private static Workload make(Task task, TorchNets nets) {
    torch.set_num_threads(Integer.parseInt(Machine.threads()));
    torch.manual_seed(SEED);
    return switch (task) {
      case MLP -> new TorchMlp(nets.classifier());
      case RING ->
          new TorchGan(
              nets.ringGenerator(),
              nets.ringDiscriminator(),
              TorchObjective.NON_SATURATING,
              nets.layout().tensors(BenchData.ring(256), 256, 2),
              2,
              new AdamRecipe(1e-3, 0.5, 0.999));
      case DCGAN28 ->
          images28(nets, TorchObjective.NON_SATURATING, new AdamRecipe(2e-4, 0.5, 0.999));
      case WGANGP28 ->
          images28(nets, TorchObjective.WASSERSTEIN_PENALTY, new AdamRecipe(1e-4, 0, 0.9));
      case DCGAN32 ->
          new TorchGan(
              nets.generator32(),
              nets.discriminator32(),
              TorchObjective.NON_SATURATING,
              nets.layout().images(BenchData.images(64, 32, 3), 64, 32, 3),
              128,
              new AdamRecipe(2e-4, 0.5, 0.999));
      case DCGAN64 -> throw new Unsupported("dcgan64 is for cards");
    };
  }

  private static Workload images28(TorchNets nets, TorchObjective objective, AdamRecipe adam) {
    return new TorchGan(
        nets.generator28(),
        nets.discriminator28(),
        objective,
        nets.layout().images(BenchData.images(64, 28, 1), 64, 28, 1),
        100,
        adam);
  }
}
