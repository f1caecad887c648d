package dev.tandem.core.train;

import com.google.common.collect.Sets;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.SampleClasses;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Class weights as sample weights: one for each row of the only target. */
final class ClassWeights {

  private static final Logger LOG = LoggerFactory.getLogger(ClassWeights.class);

  /** The name of the given sample weights, beside those that the classes have a part in. */
  static final String GIVEN = "given weights";

  private ClassWeights() {}

  /**
   * The data set with sample weights that are multiplied with those of the classes.
   *
   * @param ports of one target, whose name the data set uses
   * @param classWeights by class; 1 for others
   * @throws IllegalArgumentException if the data does not fit, the loss knows no classes of
   *     samples, or not those that are weighted
   */
  static Dataset apply(StepInputs ports, Dataset data, Map<Integer, Double> classWeights) {
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
    StepInput port = ports.targets().get(0);
    INDArray target =
        Objects.requireNonNull(ValidatedExamples.of(ports, Examples.of(data)).get(port));
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
    TensorSpec output = Objects.requireNonNull(ports.model().outputs().get(port.name())).spec();
    double[] weights = weights(ports, port, target, given, classWeights);
    INDArray made = Nd4j.createFromArray(weights).castTo(output.dtype());
    if (given != null) {
      builder.target(GIVEN, given);
    }
    return builder.target(Examples.WEIGHTS + port.name(), made).build();
  }

  private static double[] weights(
      StepInputs ports,
      StepInput port,
      INDArray target,
      @Nullable INDArray given,
      Map<Integer, Double> classWeights) {
    SampleClasses classes = classes(ports, port, target);
    requireKnown(ports, port, classes, classWeights);
    double[] weights = new double[Math.toIntExact(target.size(0))];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = given == null ? 1 : given.getDouble(row);
      if (weights[row] != 0 && classes.of(row) == SampleClasses.NONE) {
        throw refusal(
            ports,
            port,
            "sample " + row + " has no one class, no single largest number in its row");
      }
      weights[row] *= classWeights.getOrDefault(classes.of(row), 1.0);
    }
    return weights;
  }

  /** The loss knows what a class is. */
  private static SampleClasses classes(StepInputs ports, StepInput port, INDArray target) {
    if (port.judged() == null) {
      throw refusal(
          ports, port, "it has no loss that could know them; give sample weights instead");
    }
    try {
      return port.judged().loss().classes(target, port.judged().prediction());
    } catch (IllegalArgumentException e) {
      throw refusal(ports, port, e.getMessage());
    }
  }

  private static IllegalArgumentException refusal(
      StepInputs ports, StepInput port, @Nullable String why) {
    return new IllegalArgumentException(
        "class weights for the " + port.label() + " of " + ports.model() + ": " + why);
  }

  private static void requireKnown(
      StepInputs ports, StepInput port, SampleClasses classes, Map<Integer, Double> classWeights) {
    Set<Integer> unknown = Sets.difference(classWeights.keySet(), classes.possible());
    if (!unknown.isEmpty()) {
      throw refusal(
          ports,
          port,
          "they name classes that there are not, "
              + new TreeSet<>(unknown)
              + "; there are "
              + new TreeSet<>(classes.possible()));
    }
    Set<Integer> missing = Sets.difference(classWeights.keySet(), classes.found());
    if (!missing.isEmpty()) {
      LOG.warn(
          "class weights for the {} of {} name classes that no sample has: {}; samples have {}",
          port.label(),
          ports.model(),
          new TreeSet<>(missing),
          classes.found());
    }
  }
}
