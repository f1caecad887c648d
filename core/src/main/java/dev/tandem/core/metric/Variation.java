package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The squared errors of each element beside the squared distances of its targets from their mean,
 * which moves while samples come in (Welford, Technometrics 4, 1962; with weights West, CACM 22,
 * 1979).
 */
final class Variation implements Metric.Accumulator {

  private final String metric;
  private final HostBatch batch = new HostBatch();
  private double[] means = {};
  private double[] spreads = {};
  private double[] errors = {};
  private double[] weights = {};
  private long[] counts = {};
  private boolean begun;

  Variation(String metric) {
    this.metric = metric;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Rows rows = Rows.ofElements(metric, Shape.of(target.shape()), Shape.of(prediction.shape()));
    if (begun && means.length != rows.perSample()) {
      throw new IllegalArgumentException(
          metric
              + ": samples have "
              + rows.perSample()
              + " elements, and those before had "
              + means.length);
    }
    batch.read(target, prediction, sampleWeights);
    if (!begun) {
      begun = true;
      weights = new double[rows.perSample()];
      counts = new long[rows.perSample()];
      means = new double[rows.perSample()];
      spreads = new double[rows.perSample()];
      errors = new double[rows.perSample()];
    }
    for (int row = 0; row < rows.samples() * rows.perSample(); row++) {
      double weight = batch.weight(rows, row);
      if (weight != 0) {
        add(row, row % rows.perSample(), weight);
      }
    }
  }

  private void add(int row, int element, double weight) {
    double target = batch.target()[row];
    double error = target - batch.prediction()[row];
    double distance = target - means[element];
    counts[element]++;
    weights[element] += weight;
    means[element] += distance * weight / weights[element];
    spreads[element] += weight * distance * (target - means[element]);
    errors[element] += weight * error * error;
  }

  @Override
  public double result() {
    Mean mean = new Mean();
    for (int i = 0; begun && i < means.length; i++) {
      if (counts[i] < 2) {
        continue; // a step that hardly any sequence reaches
      }
      if (spreads[i] == 0) {
        mean.add(errors[i] == 0 ? 1 : Double.isNaN(errors[i]) ? Double.NaN : 0);
      } else {
        mean.add(1 - errors[i] / spreads[i]);
      }
    }
    return mean.result();
  }

  @Override
  public void reset() {
    begun = false;
  }
}
