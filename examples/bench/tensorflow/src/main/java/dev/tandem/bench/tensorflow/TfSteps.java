package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Steps of one net. */
final class TfSteps implements Workload {

  private final Operand<TFloat32> loss;
  private final List<Op> moves;
  private final TfSession session;
  private final Map<Operand<? extends TType>, ? extends List<? extends TType>> batches;

  /**
   * Steps.
   *
   * @param batches what is fed, for each batch
   */
  TfSteps(
      Tf tf,
      Operand<TFloat32> loss,
      List<Variable<TFloat32>> parameters,
      Map<Operand<? extends TType>, ? extends List<? extends TType>> batches) {
    this.loss = loss;
    this.batches = batches;
    moves = new TfAdam(1e-3, 0.9, 0.999).step(tf, loss, parameters);
    session = new TfSession(tf);
  }

  @Override
  public double[] step(int number) {
    Map<Operand<? extends TType>, TType> feeds = new HashMap<>();
    batches.forEach((input, values) -> feeds.put(input, values.get(number % BenchData.BATCHES)));
    return new double[] {session.step(loss, moves, feeds)};
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
