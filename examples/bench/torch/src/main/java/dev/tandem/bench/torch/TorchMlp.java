package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A classifier. */
final class TorchMlp implements Workload {

  private static final int BATCH = 128;
  private static final int FEATURES = 784;

  private final TorchNet net;
  private final Adam adam;
  private final Tensor[] features = new Tensor[BenchData.BATCHES];
  private final Tensor[] labels = new Tensor[BenchData.BATCHES];

  TorchMlp(TorchNet net) {
    this.net = net;
    adam = new AdamRecipe(1e-3, 0.9, 0.999).over(net.parameters());
    BenchData.Classified[] data = BenchData.classes(BATCH);
    for (int i = 0; i < data.length; i++) {
      features[i] = AbstractTensor.create(data[i].features(), BATCH, FEATURES).clone();
      long[] classes = Arrays.stream(data[i].labels()).asLongStream().toArray();
      labels[i] = AbstractTensor.create(classes, BATCH).clone();
    }
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public double[] step(int number) {
    int batch = number % features.length;
    try (PointerScope scope = new PointerScope()) {
      adam.zero_grad();
      Tensor loss = torch.cross_entropy(net.apply(features[batch]), labels[batch]);
      loss.backward();
      adam.step();
      return new double[] {loss.item_float()};
    }
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
