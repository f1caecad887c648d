package dev.tandem.gan.metric;

import static dev.tandem.core.activation.Activations.leakyRelu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A convolutional net of random weights. */
final class RandomConv {

  private static final String NAME = "random_conv";
  private static final int FEATURES = 64;
  private static final int STAGES = 3;
  private static final int LEAST_SIDE = 8;

  private RandomConv() {}

  static Model net(Shape sample) {
    if (sample.rank() != 3) {
      throw new IllegalArgumentException(
          "images are (height, width, channels), got " + sample + "; points are features already");
    }
    List<Operation> layers = new ArrayList<>();
    long side = Math.min(sample.size(0), sample.size(1));
    for (int stage = 1; stage <= STAGES || side > LEAST_SIDE; stage++) {
      layers.add(
          Conv2D.filters(Math.min(FEATURES, 8 << stage))
              .kernel(3)
              .stride(2)
              .padding(Padding.SAME)
              .kernelInitializer(Initializers.heNormal())
              .activation(leakyRelu(0.2)));
      side = (side + 1) / 2;
    }
    layers.add(GlobalAveragePooling2D.of());
    return Model.sequential(
            NAME, Input.of("image", sample.toArray()), layers.toArray(Operation[]::new))
        .initialize(1);
  }
}
