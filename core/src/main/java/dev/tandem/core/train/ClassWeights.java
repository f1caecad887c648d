package dev.tandem.core.train;

import com.google.common.collect.Sets;
import dev.tandem.core.data.Batch;
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

/** Weights of classes as sample weights: one for each row of the only target. */
final class ClassWeights {

  private static final Logger LOG = LoggerFactory.getLogger(ClassWeights.class);

  /** Weights of no class: all samples count alike. */
  static final ClassWeights NONE = new ClassWeights(null, Map.of());

  private final @Nullable StepInputs ports;
  private final Map<Integer, Double> byClass;
  private final Set<Integer> found = new TreeSet<>();
  private boolean warned;

  private ClassWeights(@Nullable StepInputs ports, Map<Integer, Double> byClass) {
    this.ports = ports;
    this.byClass = byClass;
  }

  /**
   * Weights of classes.
   *
   * @param ports of one target
   * @param byClass 1 for others
   * @throws IllegalArgumentException if there are several targets
   */
  static ClassWeights of(StepInputs ports, Map<Integer, Double> byClass) {
    if (byClass.isEmpty()) {
      return NONE;
    }
    if (ports.targets().size() != 1) {
      throw new IllegalArgumentException(
          "class weights are for a model with one target, and "
              + ports.model()
              + " has "
              + ports.targets()
              + "; give sample weights for each of them");
    }
    return new ClassWeights(ports, byClass);
  }

  boolean isEmpty() {
    return byClass.isEmpty();
  }

  /** The sample weights that were given, without those of the classes. */
  @Nullable INDArray given(Batch batch) {
    return ports == null
        ? null
        : batch.targets().get(Examples.WEIGHTS + ports.targets().get(0).name());
  }

  /**
   * Examples with sample weights that are multiplied with those of the classes.
   *
   * @param examples under the names of the ports
   * @throws IllegalArgumentException if they do not fit, the loss knows no classes of samples, or
   *     not those that are weighted
   */
  Examples apply(Examples examples) {
    if (ports == null) {
      return examples;
    }
    StepInput port = ports.targets().get(0);
    INDArray target = Objects.requireNonNull(ValidatedExamples.of(ports, examples, null).get(port));
    INDArray given = examples.weights().get(port.name());
    SampleClasses classes = classes(ports, port, target);
    requireKnown(ports, port, classes);
    found.addAll(classes.found());
    double[] weights = weights(ports, port, classes, given, Math.toIntExact(target.size(0)));
    TensorSpec output = Objects.requireNonNull(ports.model().outputs().get(port.name())).spec();
    return examples.weights(port.name(), Nd4j.createFromArray(weights).castTo(output.dtype()));
  }

  private double[] weights(
      StepInputs ports,
      StepInput port,
      SampleClasses classes,
      @Nullable INDArray given,
      int samples) {
    double[] weights = new double[samples];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = given == null ? 1 : given.getDouble(row);
      if (weights[row] != 0 && classes.of(row) == SampleClasses.NONE) {
        throw refusal(
            ports,
            port,
            "sample " + row + " has no one class, no single largest number in its row");
      }
      weights[row] *= byClass.getOrDefault(classes.of(row), 1.0);
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

  private void requireKnown(StepInputs ports, StepInput port, SampleClasses classes) {
    Set<Integer> unknown = Sets.difference(byClass.keySet(), classes.possible());
    if (!unknown.isEmpty()) {
      throw refusal(
          ports,
          port,
          "they name classes that there are not, "
              + new TreeSet<>(unknown)
              + "; there are "
              + new TreeSet<>(classes.possible()));
    }
  }

  /** Says once, when all samples were seen, which classes none of them has. */
  void warn() {
    if (ports == null || warned) {
      return;
    }
    warned = true;
    Set<Integer> missing = Sets.difference(byClass.keySet(), found);
    if (!missing.isEmpty()) {
      LOG.warn(
          "class weights for the {} of {} name classes that no sample has: {}; samples have {}",
          ports.targets().get(0).label(),
          ports.model(),
          new TreeSet<>(missing),
          found);
    }
  }
}
