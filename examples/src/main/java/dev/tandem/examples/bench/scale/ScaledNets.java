package dev.tandem.examples.bench.scale;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The nets of dcgan28 in other widths and depths: deeper means more 3 x 3 convolutions behind each
 * layer that changes the size of the images.
 */
final class ScaledNets {

  /** Filters of width 1 on the largest images; there are twice as many on smaller ones. */
  static final int FILTERS = 16;

  /** The size of the noise. */
  static final int LATENT = 100;

  private static final Activation LEAKY = leakyRelu(0.2);

  private ScaledNets() {}

  static Model generator(Size size) {
    int large = FILTERS * size.width();
    int small = 2 * large;
    List<Operation> chain = new ArrayList<>();
    chain.add(Dense.units(7 * 7 * small));
    chain.add(Reshape.of(7, 7, small));
    normalize(chain);
    deepen(chain, size, small);
    chain.add(up(small));
    normalize(chain);
    deepen(chain, size, small);
    chain.add(up(large));
    normalize(chain);
    deepen(chain, size, large);
    chain.add(Conv2D.filters(1).kernel(7).padding(Padding.SAME).activation(tanh()));
    return Model.sequential(
        "generator", Input.of("noise", LATENT), chain.toArray(Operation[]::new));
  }

  static Model discriminator(Size size) {
    int large = FILTERS * size.width();
    List<Operation> chain = new ArrayList<>();
    for (int filters : List.of(large, 2 * large)) {
      chain.add(
          Conv2D.filters(filters).kernel(4).stride(2).padding(Padding.SAME).activation(LEAKY));
      for (int i = 1; i < size.depth(); i++) {
        chain.add(same(filters).activation(LEAKY));
      }
    }
    chain.add(Flatten.of());
    chain.add(Dense.units(1));
    return Model.sequential(
        "discriminator", Input.of("image", Shape.of(28, 28, 1)), chain.toArray(Operation[]::new));
  }

  private static void deepen(List<Operation> chain, Size size, int filters) {
    for (int i = 1; i < size.depth(); i++) {
      chain.add(same(filters));
      normalize(chain);
    }
  }

  private static void normalize(List<Operation> chain) {
    chain.add(BatchNormalization.of().epsilon(1e-5).momentum(0.9));
    chain.add(ActivationLayer.of(LEAKY));
  }

  private static Conv2D same(int filters) {
    return Conv2D.filters(filters).kernel(3).padding(Padding.SAME);
  }

  private static Conv2DTranspose up(int filters) {
    return Conv2DTranspose.filters(filters).kernel(4).stride(2).padding(Padding.SAME);
  }
}
