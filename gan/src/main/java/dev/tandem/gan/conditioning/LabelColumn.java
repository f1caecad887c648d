package dev.tandem.gan.conditioning;

import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The column of labels: integers (n) in [0, classes), a target. */
record LabelColumn(Networks networks, Conditioning conditioning) implements DataColumn {

  /** The step input of labels: int32 (batch). */
  static Input stepInput() {
    return Input.of(InputNames.LABEL, Shape.scalar(), DataType.INT32);
  }

  @Override
  public String input() {
    return InputNames.LABEL;
  }

  @Override
  public boolean isTarget() {
    return true;
  }

  @Override
  public TensorSpec spec() {
    return new TensorSpec(Shape.of(Shape.BATCH), DataType.INT32);
  }

  @Override
  public Column find(DataSource data) {
    KindOfColumns targets = KindOfColumns.of(data, true);
    List<Column> fitting = targets.like(Shape.scalar(), DataType.INT32::equals);
    if (fitting.isEmpty()) {
      fitting = targets.like(Shape.scalar(), Labels::areIntegers);
    }
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "a pair with "
              + conditioning
              + " needs a label of each sample, and the "
              + data.name()
              + " has "
              + fitting.size()
              + " targets (size) of integers; its targets are "
              + targets
              + "; add one by Dataset.builder().target(\"label\", labels)");
    }
    return fitting.get(0);
  }

  @Override
  public void check(String what, INDArray rows, @Nullable IntFunction<String> origins) {
    Labels.require(networks, conditioning.classes(), what, rows, origins);
  }
}
