package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A row of a table for each integer: (batch, …) of int32 or int64 in [0, rows) to (batch, …, size);
 * other integers are refused when they are fed. Weights: embeddings (rows, size).
 */
public final class Embedding extends StandardLayer<Embedding> {

  private static final Setting<Integer> ROWS = Setting.integer("rows").checked(Check::positive);
  private static final Setting<Integer> SIZE = Setting.integer("size").checked(Check::positive);
  private static final Setting<DataType> DTYPE =
      Setting.of("dtype", DataType.class)
          .otherwise(DataType.FLOAT)
          .checked(Embedding::requireFloat);
  private static final Setting<Boolean> MASK_ZERO = Setting.flag("maskZero").otherwise(false);
  private static final ParameterSettings EMBEDDINGS =
      ParameterSettings.of("embeddings", Initializers.uniform(-0.05, 0.05));

  private @Nullable Weight embeddings;

  Embedding(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer of one table.
   *
   * @param rows how many integers there are: 0 to rows - 1
   * @param size of a row
   */
  public static Embedding of(int rows, int size) {
    return new Embedding(LayerSettings.of(ROWS, rows).with(SIZE, size));
  }

  /** The type of the table and the output, for integers have none; float32 unless set. */
  public Embedding dtype(DataType dtype) {
    return set(DTYPE, dtype);
  }

  private static void requireFloat(String what, DataType dtype) {
    if (!dtype.isFPType()) {
      throw new IllegalArgumentException("embedding type is not floating point: " + dtype);
    }
  }

  /** The table's first values; uniform in ±0.05 unless set. */
  public Embedding embeddingsInitializer(Initializer initializer) {
    return set(EMBEDDINGS.initializer(), initializer);
  }

  /** A penalty on the table; none unless set. */
  public Embedding embeddingsRegularizer(Regularizer regularizer) {
    return set(EMBEDDINGS.regularizer(), regularizer);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    embeddings = parameter(EMBEDDINGS, Shape.of(get(ROWS), get(SIZE)), get(DTYPE));
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 1) {
      throw reject("takes one input", inputs.size() + " of them", "call it on one at a time");
    }
    TensorSpec input = inputs.get(0);
    if (input.dtype() != DataType.INT32 && input.dtype() != DataType.INT64) {
      throw reject(
          "expects int32 or int64 input", input, "give the Input that type or cast its values");
    }
    return List.of(new TensorSpec(input.shape().append(get(SIZE)), get(DTYPE)));
  }

  /** The table has nothing to do with the input's axes. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(
        ArrayOps.gather(
            forward.ops(), forward.weight(Objects.requireNonNull(embeddings)), inputs.get(0)));
  }

  /**
   * Whether 0 stands for padding: the output has a mask that leaves out steps where the input,
   * which is (batch, steps) then, is 0. False unless set.
   */
  public Embedding maskZero(boolean padding) {
    return set(MASK_ZERO, padding);
  }

  @Override
  protected boolean makesMasks() {
    return get(MASK_ZERO);
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    Value x = inputs.get(0);
    if (x.rank() != 2) {
      throw reject(
          "masks zeros in sequences (batch, steps)", x.shape(), "reshape it or leave maskZero out");
    }
    Value numbers = ops.cast(x, get(DTYPE));
    Value zero = ops.equal(numbers, ops.scalar(0, get(DTYPE)));
    return Collections.singletonList(ops.shift(ops.negate(zero), 1));
  }
}
