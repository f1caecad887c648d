package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** No index reads or writes beside its table, wherever it comes from and whoever runs the op. */
class IndexGuardTest {

  private static final TensorSpec FLOATS = TensorSpec.of(2, 2);

  static Stream<Engine> engines() {
    return Stream.of(new PlanEngine(), new SameDiffEngine());
  }

  /** What is made of indices int64 (2, 2) with tables of 5 rows, by the name of the op. */
  private static final Map<String, BiFunction<Ops, Value, Value>> READERS =
      Map.of(
          "gather", (ops, at) -> ArrayOps.gather(ops, table(ops), at),
          "segment_sum",
              (ops, at) -> ArrayOps.segmentSum(ops, ops.fill(1, TensorSpec.of(2, 2, 3)), at, 5),
          "one_hot", (ops, at) -> ArrayOps.oneHot(ops, at, 5, DataType.FLOAT));

  private static Value table(Ops ops) {
    return ops.constant(Nd4j.linspace(0, 14, 15, DataType.FLOAT).reshape(5, 3));
  }

  private static Program program(Engine engine, BiFunction<Ops, Value, Value> drawn, DataType fed) {
    Ops ops = new Ops();
    ops.origin("net/layer");
    Value x = ops.feed("x", FLOATS.withType(fed));
    OpGraph graph = ops.build(Map.of("y", drawn.apply(ops, x)));
    return engine.prepare(graph);
  }

  private static INDArray longs(long... numbers) {
    return Nd4j.createFromArray(numbers).reshape(2, 2);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void index_besideItsTable_isRefusedAndTheNextRunIsRight(Engine engine) {
    READERS.forEach(
        (op, reader) -> {
          try (Program program = program(engine, reader, DataType.INT64)) {
            program.feed("x", longs(0, 4, 3, 1));
            program.run(0, 0);
            INDArray right = program.output("y").dup();
            for (long bad : new long[] {5, -1, 1_000_000, (1L << 32) + 1, Long.MIN_VALUE}) {
              program.feed("x", longs(0, 4, bad, 1));
              assertThatIllegalArgumentException()
                  .as(op + " of " + bad)
                  .isThrownBy(() -> program.run(0, 0))
                  .withMessageContaining("in \"net/layer\" got the index " + bad + " at (")
                  .withMessageContaining("which is not in [0, 5)");
              program.feed("x", longs(0, 4, 3, 1));
              program.run(0, 0);
              assertThat(program.output("y")).isEqualTo(right);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void index_thatIsComputed_isRefusedWhereItLeavesItsTable(Engine engine) {
    READERS.forEach(
        (op, reader) -> {
          BiFunction<Ops, Value, Value> computed =
              (ops, x) -> reader.apply(ops, ops.cast(ops.scale(x, 2), DataType.INT32));
          try (Program program = program(engine, computed, DataType.FLOAT)) {
            program.feed("x", Nd4j.createFromArray(0f, 1f, 2f, 2.4f).reshape(2, 2));
            program.run(0, 0);
            for (float bad : new float[] {2.5f, -1, 1e6f, 1e30f, Float.NaN, -1e30f}) {
              program.feed("x", Nd4j.createFromArray(0f, 1f, 2f, bad).reshape(2, 2));
              assertThatIllegalArgumentException()
                  .as(op + " of " + bad)
                  .isThrownBy(() -> program.run(0, 0))
                  .withMessageContaining("in \"net/layer\" got the index ");
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void argMax_ofMoreThanTheTableHas_isRefused(Engine engine) {
    BiFunction<Ops, Value, Value> drawn =
        (ops, x) -> {
          Value one = ops.constant(Nd4j.createFromArray(new float[][] {{1}}));
          return ArrayOps.gather(ops, one, ArrayOps.argMax(ops, x));
        };
    try (Program program = program(engine, drawn, DataType.FLOAT)) {
      program.feed("x", Nd4j.createFromArray(1f, 0f, 1f, 0f).reshape(2, 2));
      program.run(0, 0);
      program.feed("x", Nd4j.createFromArray(1f, 0f, 0f, 1f).reshape(2, 2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.run(0, 0))
          .withMessageContaining("op gather in \"net/layer\" got the index 1 at (1,) of (2,)");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void usersCode_thatIndexes_isGuardedToo(Engine engine) {
    Map<String, SameDiffOp> codes =
        Map.of(
            "gather",
            new SameDiffOp("code", (sd, in) -> sd.gather(in.get(0), in.get(1).sub(1), 0)),
            "onehot",
            new SameDiffOp("code", (sd, in) -> sd.oneHot(in.get(1).sub(1), 2)),
            "scatter_add",
            new SameDiffOp(
                "code", (sd, in) -> sd.scatterAdd(in.get(0), in.get(1).sub(1), in.get(0))),
            "unsorted_segment_sum",
            new SameDiffOp(
                "code", (sd, in) -> sd.unsortedSegmentSum(in.get(0), in.get(1).sub(1), 2)));
    codes.forEach(
        (name, code) -> {
          Ops ops = new Ops();
          ops.origin("layer");
          Value table = ops.feed("table", FLOATS);
          Value at = ops.feed("at", TensorSpec.of(2).withType(DataType.INT32));
          OpGraph graph = ops.build(Map.of("y", ops.apply(code, List.of(table, at)).get(0)));
          try (Program program = engine.prepare(graph)) {
            program.feed("table", Nd4j.createFromArray(1f, 2f, 3f, 4f).reshape(2, 2));
            program.feed("at", Nd4j.createFromArray(1, 2));
            program.run(0, 0);
            assertThat(program.output("y").sumNumber().doubleValue()).as(name).isPositive();
            for (int bad : new int[] {0, 3, 1_000_000}) {
              program.feed("at", Nd4j.createFromArray(2, bad));
              assertThatIllegalArgumentException()
                  .as(name + " of " + bad)
                  .isThrownBy(() -> program.run(0, 0))
                  .withMessageContaining("got the index " + (bad - 1) + " at (1,) of (2,)");
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void indices_thatAreFixed_areRefusedNoLaterThanTheFirstRun(Engine engine) {
    BiFunction<Ops, Value, Value> drawn =
        (ops, x) -> ArrayOps.gather(ops, x, ops.constant(Nd4j.createFromArray(0, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (Program program = program(engine, drawn, DataType.FLOAT)) {
                program.run(0, 0);
              }
            })
        .withMessageContaining("got the index 2 at (1,) of (2,), which is not in [0, 2)");
    assertThat(Shape.of(2, 3).place(4)).isEqualTo(Shape.of(1, 1));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void usersCode_thatIndexesByPlaces_isGuardedAlongEachAxis(Engine engine) {
    SameDiffOp code = new SameDiffOp("code", (sd, in) -> sd.gatherNd(in.get(0), in.get(1)));
    Ops ops = new Ops();
    ops.origin("layer");
    Value table = ops.feed("table", TensorSpec.of(4, 2));
    Value at = ops.feed("at", TensorSpec.of(3, 2).withType(DataType.INT32));
    OpGraph graph = ops.build(Map.of("y", ops.apply(code, List.of(table, at)).get(0)));
    try (Program program = engine.prepare(graph)) {
      program.feed("table", Nd4j.linspace(0, 7, 8, DataType.FLOAT).reshape(4, 2));
      program.feed("at", Nd4j.createFromArray(0, 0, 1, 1, 3, 1).reshape(3, 2));
      program.run(0, 0);
      assertThat(program.output("y")).isEqualTo(Nd4j.createFromArray(0f, 3f, 7f));
      program.feed("at", Nd4j.createFromArray(0, 0, 1, 2, 3, 1).reshape(3, 2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.run(0, 0))
          .withMessageContaining("got the index 2 at (1, 1) of (3, 2), which is not in [0, 2)");
      program.feed("at", Nd4j.createFromArray(4, 0, 1, 1, 3, 1).reshape(3, 2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> program.run(0, 0))
          .withMessageContaining("got the index 4 at (0, 0) of (3, 2), which is not in [0, 4)");
    }
  }
}
