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
  private double weights;
  private long samples;

  Variation(String metric) {
    this.metric = metric;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Rows rows = Rows.ofElements(metric, Shape.of(target.shape()), Shape.of(prediction.shape()));
    if (samples > 0 && means.length != rows.perSample()) {
      throw new IllegalArgumentException(
          metric
              + ": samples have "
              + rows.perSample()
              + " elements, and those before had "
              + means.length);
    }
    batch.read(target, prediction, sampleWeights);
    if (samples == 0) {
      means = new double[rows.perSample()];
      spreads = new double[rows.perSample()];
      errors = new double[rows.perSample()];
    }
    for (int sample = 0; sample < rows.samples(); sample++) {
      double weight = batch.weight(sample);
      if (weight != 0) {
        add(sample * rows.perSample(), weight);
      }
    }
  }

  private void add(int first, double weight) {
    samples++;
    weights += weight;
    for (int i = 0; i < means.length; i++) {
      double target = batch.target()[first + i];
      double error = target - batch.prediction()[first + i];
      double distance = target - means[i];
      means[i] += distance * weight / weights;
      spreads[i] += weight * distance * (target - means[i]);
      errors[i] += weight * error * error;
    }
  }

  @Override
  public double result() {
    if (samples < 2) {
      return Double.NaN;
    }
    Mean mean = new Mean();
    for (int i = 0; i < means.length; i++) {
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
    samples = 0;
    weights = 0;
  }
}
