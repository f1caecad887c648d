package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;

/**
 * A net of three dense layers from points to points, or to a score: two of 64 with leaky ReLU, and
 * one without an activation.
 *
 * @param inputs how many numbers it is given, at least 1
 * @param outputs how many numbers it makes of them, at least 1
 */
public record PointTranslator(int inputs, int outputs) implements NetDesign {

  private static final int WIDTH = 64;

  /** Checks the sizes. */
  public PointTranslator {
    Sizes.positive("number of inputs", inputs);
    Sizes.positive("number of outputs", outputs);
  }

  /**
   * A new net.
   *
   * @return input "point" (batch, inputs), output (batch, outputs)
   */
  @Override
  public Model build(String name) {
    return drew(
        Model.sequential(
            name,
            Input.of("point", inputs),
            Dense.units(WIDTH).activation(leakyRelu(0.2)).named(name + "_0"),
            Dense.units(WIDTH).activation(leakyRelu(0.2)).named(name + "_1"),
            Dense.units(outputs).named(name + "_2")));
  }
}
