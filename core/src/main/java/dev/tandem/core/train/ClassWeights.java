package dev.tandem.core.train;

import com.google.common.collect.Iterables;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Class weights as sample weights: one for each row of the only target. */
final class ClassWeights {

  private ClassWeights() {}

  /**
   * The data set with sample weights that are multiplied with those of the classes.
   *
   * @param ports of one target, whose name the data set uses
   * @param classWeights by class; 1 for others
   */
  static Dataset apply(Ports ports, Dataset data, Map<Integer, Double> classWeights) {
    if (classWeights.isEmpty()) {
      return data;
    }
    if (ports.targets().size() != 1) {
      throw new IllegalArgumentException(
          "class weights are for a model with one target, and "
              + ports.model()
              + " has "
              + ports.targets()
              + "; give sample weights for each of them");
    }
    Port port = Iterables.getOnlyElement(ports.targets());
    INDArray target = data.target(port.name());
    INDArray given = data.targets().get(Examples.WEIGHTS + port.name());
    Dataset.Builder builder = Dataset.builder();
    data.inputs().forEach(builder::input);
    data.targets()
        .forEach(
            (name, array) -> {
              if (array != given) {
                builder.target(name, array);
              }
            });
    TensorSpec output = ports.model().outputs().get(port.name()).spec();
    double[] weights = weights(target, given, classWeights);
    INDArray made = Nd4j.createFromArray(weights).castTo(output.dtype());
    return builder.target(Examples.WEIGHTS + port.name(), made).build();
  }

  private static double[] weights(
      INDArray target, @Nullable INDArray given, Map<Integer, Double> classWeights) {
    int rows = Math.toIntExact(target.size(0));
    INDArray table = target.reshape('c', rows, target.length() / rows);
    double[] weights = new double[rows];
    for (int row = 0; row < rows; row++) {
      weights[row] = classWeights.getOrDefault(classOf(table, row), 1.0);
      if (given != null) {
        weights[row] *= given.getDouble(row);
      }
    }
    return weights;
  }

  /** The class of a row: its number, or the place of the largest of several numbers. */
  private static int classOf(INDArray table, int row) {
    if (table.size(1) == 1) {
      return (int) Math.round(table.getDouble(row, 0));
    }
    int best = 0;
    for (int i = 1; i < table.size(1); i++) {
      if (table.getDouble(row, i) > table.getDouble(row, best)) {
        best = i;
      }
    }
    return best;
  }
}
