package dev.tandem.gan.train;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which arrays of a data set a pair is trained on.
 *
 * @param samples the name of the input of samples
 * @param labels the name of the target of labels, if they are used
 */
record RealData(String samples, Optional<String> labels) {

  static RealData of(AdversarialPair pair, Dataset data) {
    List<String> fitting = names(data.inputs(), pair.sampleShape(), pair.sample().dtype());
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "the data set has "
              + fitting.size()
              + " inputs like the samples of "
              + pair.generator()
              + ", "
              + pair.sample()
              + "; it has "
              + described(data.inputs())
              + "; it needs one");
    }
    Optional<String> labels =
        pair.conditioning().needsLabels() ? Optional.of(labels(pair, data)) : Optional.empty();
    return new RealData(fitting.get(0), labels);
  }

  private static String labels(AdversarialPair pair, Dataset data) {
    List<String> fitting = names(data.targets(), Shape.scalar(), DataType.INT32);
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "a pair with "
              + pair.conditioning()
              + " needs a label of each sample, and the data set has "
              + fitting.size()
              + " int32 targets (size); its targets are "
              + described(data.targets())
              + "; add one by Dataset.builder().target(\"label\", labels)");
    }
    return fitting.get(0);
  }

  private static List<String> names(Map<String, INDArray> arrays, Shape sample, DataType dtype) {
    return arrays.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().dataType() == dtype
                    && Shape.of(entry.getValue().shape()).sample().equals(sample))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> described(Map<String, INDArray> arrays) {
    return arrays.entrySet().stream()
        .map(
            entry ->
                "\""
                    + entry.getKey()
                    + "\" "
                    + entry.getValue().dataType()
                    + " "
                    + Shape.of(entry.getValue().shape()))
        .toList();
  }
}
