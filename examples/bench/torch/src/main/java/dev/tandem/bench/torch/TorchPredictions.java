package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.Workload;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Predictions of one net. */
final class TorchPredictions implements Workload {

  private final TorchNet net;
  private final List<Tensor> inputs;

  TorchPredictions(TorchNet net, List<Tensor> inputs) {
    this.net = net.evaluating();
    this.inputs = inputs;
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public double[] step(int number) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor output = net.apply(inputs.get(number % inputs.size()));
      return new double[] {new FloatPointer(output.data_ptr()).get()};
    }
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
