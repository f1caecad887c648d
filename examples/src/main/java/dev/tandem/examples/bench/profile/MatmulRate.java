package dev.tandem.examples.bench.profile;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.examples.bench.measure.Timing;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** How fast this machine multiplies matrices: what its arithmetic can do at best. */
final class MatmulRate {

  private static final int SIZE = 1024;
  private static final int RUNS = 15;

  private MatmulRate() {}

  /** Operations per second of a float32 product of 1024 x 1024 matrices, the median of 15. */
  static double measure() {
    Ops ops = new Ops();
    TensorSpec square = TensorSpec.of(SIZE, SIZE);
    Value product = ops.matmul(ops.feed("a", square), ops.feed("b", square));
    try (Plan plan = new PlanEngine().prepare(ops.build(ImmutableMap.of("product", product)))) {
      plan.feed("a", Nd4j.rand(DataType.FLOAT, SIZE, SIZE));
      plan.feed("b", Nd4j.rand(DataType.FLOAT, SIZE, SIZE));
      plan.run(0, 0);
      double[] millis = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        long before = System.nanoTime();
        plan.run(0, i);
        millis[i] = (System.nanoTime() - before) / 1e6;
      }
      return 2.0 * SIZE * SIZE * SIZE / new Timing(millis).median() * 1e3;
    }
  }
}
