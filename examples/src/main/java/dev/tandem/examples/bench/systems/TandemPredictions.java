package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Predictions of one net. */
final class TandemPredictions implements TandemWorkload {

  private final Predictor predictor;
  private final ImmutableList<INDArray> inputs;

  TandemPredictions(Task task, Engine engine, Precision precision) {
    Model net = net(task).initialize(1);
    predictor = Predictor.of(net, engine, precision);
    Shape batch = net.inputs().values().asList().get(0).shape().withBatch(task.predictedRows());
    inputs = GanTask.arrays(BenchData.normal(Math.toIntExact(batch.length())), batch.toArray());
  }

  /** The net of a task. */
  static Model net(Task task) {
    return switch (task) {
      case PREDICT_GENERATOR28_1, PREDICT_GENERATOR28_32 -> BenchNets.generator28();
      case PREDICT_RESNET20_1, PREDICT_RESNET20_32 -> ComposedNets.resnet20();
      default -> throw new IllegalArgumentException(task.label() + " predicts nothing");
    };
  }

  /** One prediction; what counts as its loss is the first number that came out. */
  @Override
  public double[] step(int number) {
    try (INDArray output = predictor.predict(inputs.get(number % inputs.size()))) {
      return new double[] {output.getDouble(0)};
    }
  }

  @Override
  public ImmutableMap<String, Trainer> trainers() {
    return ImmutableMap.of();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
