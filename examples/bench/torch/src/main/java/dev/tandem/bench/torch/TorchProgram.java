package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
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
      case MLP -> classifier(nets.classifier(), BenchData.classes(128), 128, 784);
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
      case LSTM ->
          classifier(nets.sequenceClassifier(), BenchData.sequences(32, 400, 32), 32, 400, 32);
      case SIAMESE -> siamese(nets);
      case TRANSFORMER -> languageModel(nets.languageModel());
      case PREDICT_GENERATOR28_1, PREDICT_GENERATOR28_32 -> {
        int rows = task.predictedRows();
        yield new TorchPredictions(
            nets.generator28(), nets.layout().tensors(BenchData.normal(rows * 100), rows, 100));
      }
      case PREDICT_RESNET20_1, PREDICT_RESNET20_32 -> {
        int rows = task.predictedRows();
        float[][] images = BenchData.normal(rows * 32 * 32 * 3);
        yield new TorchPredictions(nets.resnet20(), nets.layout().images(images, rows, 32, 3));
      }
      case DCGAN64 -> throw new Unsupported("dcgan64 is for cards");
    };
  }

  private static Workload classifier(TorchNet net, BenchData.Classified[] data, long... shape) {
    Tensor[] features = new Tensor[data.length];
    Tensor[] labels = new Tensor[data.length];
    for (int i = 0; i < data.length; i++) {
      features[i] = AbstractTensor.create(data[i].features(), shape).clone();
      labels[i] = longs(data[i].labels(), shape[0]);
    }
    return new TorchSteps(
        net.parameters(), batch -> torch.cross_entropy(net.apply(features[batch]), labels[batch]));
  }

  private static Workload siamese(TorchNets nets) {
    TorchNet net = nets.embedding28();
    List<Tensor> images = nets.layout().images(BenchData.images(64, 28, 1), 64, 28, 1);
    Tensor alike = AbstractTensor.create(BenchData.alike(64), 64).clone();
    Tensor others = alike.neg().add(new Scalar(1f));
    return new TorchSteps(
        net.parameters(),
        batch -> {
          Tensor left = net.apply(images.get(batch));
          Tensor right = net.apply(images.get((batch + 1) % images.size()));
          Tensor apart = left.sub(right);
          Tensor distance = apart.mul(apart).sum(1).add(new Scalar(1e-12f)).sqrt();
          Tensor missing = torch.relu(distance.neg().add(new Scalar(1f)));
          return alike.mul(distance).mul(distance).add(others.mul(missing).mul(missing)).mean();
        });
  }

  private static Workload languageModel(TorchNet net) {
    int[][] all = BenchData.tokens(16, 128, 256);
    int[][] read = BenchData.part(all, 128, 0);
    int[][] next = BenchData.part(all, 128, 1);
    Tensor[] tokens = new Tensor[all.length];
    Tensor[] following = new Tensor[all.length];
    for (int i = 0; i < all.length; i++) {
      tokens[i] = longs(read[i], 16, 128);
      following[i] = longs(next[i], 16 * 128);
    }
    return new TorchSteps(
        net.parameters(),
        batch -> torch.cross_entropy(net.apply(tokens[batch]).view(-1, 256), following[batch]));
  }

  private static Tensor longs(int[] numbers, long... shape) {
    return AbstractTensor.create(Arrays.stream(numbers).asLongStream().toArray(), shape).clone();
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
