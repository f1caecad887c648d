package dev.tandem.core.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import org.nd4j.linalg.api.buffer.DataType;

/** What is looked at before a model runs in a precision. */
final class PrecisionCheck {

  private PrecisionCheck() {}

  /**
   * Refuses models of 16-bit floats, an engine without the precision, and models that it says
   * nothing about.
   *
   * @throws IllegalArgumentException if either is so; nothing has changed then
   */
  static void require(Precision precision, Engine engine, Model model) {
    for (Weight weight : model.weights()) {
      requireWide(weight, model);
    }
    precision.require(engine);
    if (precision == Precision.FLOAT32) {
      return;
    }
    for (Weight weight : model.weights()) {
      if (weight.spec().dtype() == DataType.DOUBLE) {
        throw new IllegalArgumentException(
            "precision "
                + precision.text()
                + " is of float32, and "
                + weight.path()
                + " of "
                + model
                + " is float64; leave the precision out, or make the model of float32");
      }
    }
  }

  private static void requireWide(Weight weight, Model model) {
    DataType dtype = weight.spec().dtype();
    if (dtype != DataType.FLOAT && dtype != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          "\""
              + weight.path()
              + "\" of "
              + model
              + " is "
              + dtype
              + ", and weights are trained in float32 or float64, where small steps are not rounded"
              + " away; give the model inputs of one of these, and Training.precision for products"
              + " of 16 bits");
    }
  }
}
