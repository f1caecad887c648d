package dev.tandem.examples.freezing;

import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Training;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers and data of one number, in float64 so that results can be read off. */
final class Scalars {

  private Scalars() {}

  /** An input (batch, 1). */
  static Input input(String name) {
    return Input.of(name, Shape.of(1), DataType.DOUBLE);
  }

  /** A layer that multiplies by its weight. */
  static Dense factor(String name, double weight) {
    return Dense.units(1)
        .bias(false)
        .kernelInitializer(new Initializers.Constant(weight))
        .named(name);
  }

  /** An array (batch, 1). */
  static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape('c', values.length, 1);
  }

  /** Gradient descent at 0.1 on the mean squared error. */
  static Training descent(Engine engine) {
    return Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1).engine(engine);
  }
}
