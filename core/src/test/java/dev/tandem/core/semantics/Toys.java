package dev.tandem.core.semantics;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models whose numbers can be followed by hand: one unit, no bias, squared error. */
final class Toys {

  /** Numbers are below 100 and computed in float32. */
  static final Offset<Double> CLOSE = Assertions.within(2e-5);

  private Toys() {}

  /** x · weight. */
  static Dense times(String name, double weight) {
    return Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)).named(name);
  }

  /** What a {@link #times} layer multiplies with by now. */
  static double weight(Layer layer) {
    return layer.weight("kernel").values().getDouble(0);
  }

  /** A batch of single numbers. */
  static INDArray column(double... numbers) {
    float[][] rows = new float[numbers.length][1];
    for (int i = 0; i < numbers.length; i++) {
      rows[i][0] = (float) numbers[i];
    }
    return Nd4j.createFromArray(rows);
  }

  /** Plain gradient descent on the squared error. */
  static Training descent(Engine engine, double rate) {
    return Training.with(Sgd.rate(rate)).loss(Losses.meanSquaredError()).engine(engine);
  }

  /** The same with momentum .9. */
  static Training momentum(Engine engine, double rate) {
    return Training.with(Sgd.rate(rate).momentum(0.9))
        .loss(Losses.meanSquaredError())
        .engine(engine);
  }

  /** A step on one number, and its loss. */
  static double step(Trainer trainer, double input, double target) {
    return trainer.trainOnBatch(column(input), column(target)).loss();
  }

  /** What a model makes of one number. */
  static double predict(Trainer trainer, double input) {
    return trainer.predict(column(input)).getDouble(0);
  }

  /** The values of all weights, in one array after the other. */
  static double[][] values(Model model) {
    return model.weights().stream()
        .map(weight -> weight.values().data().asDouble())
        .toArray(double[][]::new);
  }
}
