package dev.tandem.gan.conditioning;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.Shape;
import java.util.List;
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
  public String find(Dataset data) {
    NamedArrays targets = NamedArrays.of(data.targets());
    List<String> fitting = targets.like(Shape.scalar(), DataType.INT32::equals);
    if (fitting.isEmpty()) {
      fitting = targets.like(Shape.scalar(), Labels::areIntegers);
    }
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "a pair with "
              + conditioning
              + " needs a label of each sample, and the data set has "
              + fitting.size()
              + " targets (size) of integers; its targets are "
              + targets
              + "; add one by Dataset.builder().target(\"label\", labels)");
    }
    String name = fitting.get(0);
    Labels.require(
        networks,
        conditioning.classes(),
        "target \"" + name + "\" of the data set",
        data.target(name));
    return name;
  }

  @Override
  public INDArray forStep(INDArray rows) {
    return Labels.asInts(rows);
  }
}
