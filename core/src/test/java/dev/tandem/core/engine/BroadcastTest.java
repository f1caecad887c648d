package dev.tandem.core.engine;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Elementwise ops whose one input is repeated for each row of the other. */
class BroadcastTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 15, 16, 17})
  void ops_ofRowsOfAnyLength_equalExpressions(long columns) {
    for (long rows : new long[] {1, 7, 16, 48}) {
      Ops ops = new Ops();
      Value x = ops.feed("x", new TensorSpec(Shape.of(2, rows, columns), DataType.FLOAT));
      Value row = ops.feed("row", new TensorSpec(Shape.of(columns), DataType.FLOAT));
      Map<String, Value> results =
          Map.of(
              "sum", ops.add(x, row),
              "sum, the row first", ops.add(row, x),
              "difference", ops.subtract(x, row),
              "difference, the row first", ops.subtract(row, x),
              "product", ops.multiply(x, row),
              "quotient", ops.divide(x, ops.exp(row)),
              "maximum", ops.maximum(x, row),
              "minimum", ops.minimum(row, x));
      EngineComparison.of(ops.build(results)).feedRandomly().steps(2).within(2e-6).agree();
    }
  }
}
