package dev.tandem.examples.bench.systems;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** ND4J's Adam over some arrays: one updater each. */
final class SameDiffUpdates {

  private final Map<String, INDArray> weights;
  private final Map<String, GradientUpdater<?>> updaters = new LinkedHashMap<>();
  private int steps;

  SameDiffUpdates(Map<String, INDArray> weights, double rate, double beta1, double beta2) {
    this.weights = weights;
    Adam adam = Adam.builder().learningRate(rate).beta1(beta1).beta2(beta2).epsilon(1e-8).build();
    weights.forEach(
        (name, weight) -> {
          INDArray state = Nd4j.zeros(1, adam.stateSize(weight.length()));
          updaters.put(name, adam.instantiate(state, true));
        });
  }

  /** The names of the arrays. */
  String[] names() {
    return weights.keySet().toArray(String[]::new);
  }

  /** Moves the arrays by their gradients. */
  void apply(Map<String, INDArray> gradients) {
    updaters.forEach(
        (name, updater) -> {
          INDArray gradient = Objects.requireNonNull(gradients.get(name));
          updater.applyUpdater(gradient, steps, 0);
          Objects.requireNonNull(weights.get(name)).subi(gradient);
        });
    steps++;
  }
}
