package dev.tandem.examples.finetune;

import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Predictor;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far the statistics that a batch norm has of old data are from those of new data.
 *
 * @param norm its name
 * @param mean how many old deviations the new mean is away, on the average over channels
 * @param deviation new deviation by old one, the geometric mean over channels
 */
record Shift(String norm, double mean, double deviation) {

  /** What batch norm adds to variances. */
  private static final double EPSILON = 1e-3;

  /**
   * Of each batch norm in a trunk, the first one first.
   *
   * @param trunk a chain of layers that was trained on old data
   * @param images new ones
   */
  static List<Shift> of(Model trunk, INDArray images, Engine engine) {
    List<Shift> shifts = new ArrayList<>();
    List<Operation> layers = trunk.layers();
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i) instanceof BatchNormalization norm) {
        // region probe
        Model before =
            Model.of(
                "before",
                trunk.inputs().values().iterator().next(),
                trunk.output(layers.get(i - 1)));
        try (Predictor predictor = Predictor.of(before, engine)) {
          shifts.add(between(trunk.nameOf(norm), norm, predictor.predict(images)));
        }
        // endregion
      }
    }
    return shifts;
  }

  private static Shift between(String name, BatchNormalization norm, INDArray values) {
    INDArray rows = values.reshape('c', -1, values.size(values.rank() - 1));
    double[] mean = rows.mean(0).toDoubleVector();
    double[] variance = rows.var(0).toDoubleVector();
    double[] oldMean = norm.weight("moving_mean").values().toDoubleVector();
    double[] oldVariance = norm.weight("moving_variance").values().toDoubleVector();
    double away = 0;
    double ratio = 0;
    for (int i = 0; i < mean.length; i++) {
      double old = Math.sqrt(oldVariance[i] + EPSILON);
      away += Math.abs(mean[i] - oldMean[i]) / old / mean.length;
      ratio += Math.log(Math.sqrt(variance[i] + EPSILON) / old) / mean.length;
    }
    return new Shift(name, away, Math.exp(ratio));
  }
}
