package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Steps of one net. */
final class TorchSteps implements Workload {

  private final Adam adam;
  private final IntFunction<Tensor> loss;

  /**
   * Steps.
   *
   * @param loss of a batch
   */
  TorchSteps(TensorVector parameters, IntFunction<Tensor> loss) {
    this.loss = loss;
    adam = new AdamRecipe(1e-3, 0.9, 0.999).over(parameters);
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public double[] step(int number) {
    try (PointerScope scope = new PointerScope()) {
      adam.zero_grad();
      Tensor value = loss.apply(number % BenchData.BATCHES);
      value.backward();
      adam.step();
      return new double[] {value.item_float()};
    }
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
