package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tables by indices: sums of many, and indices outside. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class CudaIndicesTest {

  /** What is made of indices (2, 2) with tables of 5 rows, by the name of the op. */
  private static final Map<String, BiFunction<Ops, Value, Value>> READERS =
      Map.of(
          "gather",
          (ops, at) ->
              ArrayOps.gather(
                  ops, ops.constant(Nd4j.linspace(0, 14, 15, DataType.FLOAT).reshape(5, 3)), at),
          "segment_sum",
          (ops, at) -> ArrayOps.segmentSum(ops, ops.fill(1, TensorSpec.of(2, 2, 3)), at, 5),
          "one_hot",
          (ops, at) -> ArrayOps.oneHot(ops, at, 5, DataType.FLOAT));

  private static Program program(
      Engine engine, BiFunction<Ops, Value, Value> drawn, DataType fed, boolean computed) {
    Ops ops = new Ops();
    ops.origin("net/layer");
    Value x = ops.feed("x", TensorSpec.of(2, 2).withType(fed));
    Value at = computed ? ops.shift(x, -1) : ops.reshape(ops.reshape(x, 4), 2, 2);
    return engine.prepare(ops.build(Map.of("y", drawn.apply(ops, at))));
  }

  private static INDArray longs(long... numbers) {
    return Nd4j.createFromArray(numbers).reshape(2, 2);
  }

  @Test
  void fedIndex_outsideItsTable_isRefusedAndTheNextRunIsRight() {
    check(false, DataType.INT64, 5, -1, 1_000_000, (1L << 32) + 1, Long.MIN_VALUE);
    check(false, DataType.INT32, 5, -1, Integer.MIN_VALUE);
  }

  @Test
  void computedIndex_outsideItsTable_isRefusedAfterTheRunAndTheNextRunIsRight() {
    check(true, DataType.INT64, 6, 0, -7, 1_000_000, (1L << 32) + 2);
    check(true, DataType.INT32, 6, 0, -7, 1_000_000);
  }

  private static void check(boolean computed, DataType dtype, long... badOnes) {
    INDArray good = longs(1, 4, 3, 2).castTo(dtype);
    READERS.forEach(
        (op, reader) -> {
          try (Program program =
              program(new CudaEngine(new HostDevice()), reader, dtype, computed)) {
            program.feed("x", good);
            program.run(0, 0);
            INDArray right = program.output("y").dup();
            for (long bad : badOnes) {
              INDArray feed = longs(1, 4, bad, badOnes[0]).castTo(dtype);
              program.feed("x", feed);
              long index = computed ? bad - 1 : bad;
              assertThatIllegalArgumentException()
                  .as(op + " of " + bad)
                  .isThrownBy(() -> program.run(0, 0))
                  .withMessageStartingWith("op " + op + " in \"net/layer\" got the index " + index)
                  .withMessageContaining(" at (1, 0) of (2, 2), which is not in [0, 5)");
              program.feed("x", good);
              program.run(0, 0);
              assertThat(program.output("y")).isEqualTo(right);
            }
          }
        });
  }

  /** More indices than a warp has lanes, more columns than it sums at once. */
  @Test
  void segmentSum_ofManyRowsAndColumns_isThatOfTheDefinition() {
    for (long size : new long[] {1, 33, 130}) {
      Ops ops = new Ops();
      Value x = ops.feed("x", TensorSpec.of(77, size));
      Value at = ops.feed("at", TensorSpec.of(77).withType(DataType.INT32));
      OpGraph graph = ops.build(Map.of("y", ArrayOps.segmentSum(ops, ops.scale(x, 2), at, 11)));
      INDArray values = Nd4j.rand(DataType.FLOAT, 77, size);
      INDArray indices = Nd4j.rand(DataType.FLOAT, 77).mul(11).castTo(DataType.INT32);
      try (Program cuda = new CudaEngine(new HostDevice()).prepare(graph);
          Program defined = new SameDiffEngine().prepare(graph)) {
        for (Program program : new Program[] {cuda, defined}) {
          program.feed("x", values);
          program.feed("at", indices);
          program.run(0, 0);
        }
        assertThat(cuda.output("y").equalsWithEps(defined.output("y"), 1e-4)).isTrue();
      }
    }
  }
}
