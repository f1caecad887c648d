package dev.tandem.bench.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.List;

/** What both kinds of workload need of DJL. */
final class Training {

  private Training() {}

  /** A trainer of a net on the CPU. */
  static Trainer of(
      String name, Block net, Loss loss, Shape input, double rate, double beta1, double beta2) {
    Device[] devices = {Device.cpu()};
    Model model = Model.newInstance(name, devices[0]);
    model.setBlock(net);
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(Tracker.fixed((float) rate))
            .optBeta1((float) beta1)
            .optBeta2((float) beta2)
            .build();
    Trainer trainer =
        model.newTrainer(new DefaultTrainingConfig(loss).optDevices(devices).optOptimizer(adam));
    trainer.initialize(input);
    return trainer;
  }

  /** Java arrays as arrays of a shape. */
  static List<NDArray> arrays(NDManager manager, float[][] batches, Shape shape) {
    return Arrays.stream(batches).map(values -> manager.create(values, shape)).toList();
  }

  /** The values of a net's parameters, one behind the other. */
  static float[] values(Block net) {
    List<float[]> parts =
        net.getParameters().values().stream()
            .filter(Parameter::requiresGradient)
            .map(parameter -> parameter.getArray().toFloatArray())
            .toList();
    float[] values = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int start = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, values, start, part.length);
      start += part.length;
    }
    return values;
  }
}
