package dev.tandem.core.train;

import dev.tandem.core.data.Dataset;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Class weights as sample weights: one for each row of the only target. */
final class ClassWeights {

  private ClassWeights() {}

  static Dataset apply(Trainer trainer, Dataset data, Map<Integer, Double> classWeights) {
    if (classWeights.isEmpty()) {
      return data;
    }
    if (data.targets().size() != 1 || trainer.heads().size() != 1) {
      throw new IllegalArgumentException(
          "class weights are for one output; give sample weights for "
              + data.targets().keySet());
    }
    String output = trainer.heads().get(0).name();
    INDArray target = data.targets().values().iterator().next();
    DataType dtype = trainer.model().outputs().get(output).spec().dtype();
    INDArray weights = Nd4j.createUninitialized(dtype, new long[] {data.size()}, 'c');
    for (int i = 0; i < data.size(); i++) {
      weights.putScalar(i, classWeights.getOrDefault(classOf(target, i), 1.0));
    }
    Dataset.Builder builder = Dataset.builder();
    data.inputs().forEach(builder::input);
    data.targets().forEach(builder::target);
    return builder.target(Examples.WEIGHTS + output, weights).build();
  }

  /** The class of a row: its number, or the place of the largest of several numbers. */
  private static int classOf(INDArray target, int row) {
    long width = target.length() / target.size(0);
    int best = 0;
    if (width == 1) {
      return target.getInt(row);
    }
    for (int i = 1; i < width; i++) {
      if (target.getDouble(row * width + i) > target.getDouble(row * width + best)) {
        best = i;
      }
    }
    return best;
  }
}
