package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.net.ClassInputs;
import java.util.List;

/** Nets that are told one of ten classes or codes, or tell it. */
final class ClassNets {

  private ClassNets() {}

  /**
   * From noise (batch, 64) and a label (batch) to digits (batch, 28, 28, 1): the label stands as
   * ones and zeros behind the noise.
   */
  static Model generator() {
    Input noise = Input.of("noise", 64);
    Input label = ClassInputs.label("label");
    Model image =
        Model.sequential(
            "image",
            Input.of("latent", 64 + 10),
            Dense.units(7 * 7 * 128),
            Reshape.of(7, 7, 128),
            BatchNormalization.of().momentum(0.9),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(64).kernel(4).stride(2).padding(SAME),
            BatchNormalization.of().momentum(0.9),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME).activation(tanh()));
    SymbolicTensor latent = ClassInputs.concatenate(noise, label, 10);
    return Model.of("generator", List.of(noise, label), List.of(image.apply(latent)));
  }

  /** From digits to a score and the logits of ten classes or codes: two heads on one body. */
  static Model twoHeads() {
    Input image = Input.of("image", 28, 28, 1);
    Model body =
        Model.sequential(
            "body",
            image,
            Conv2D.filters(64).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Conv2D.filters(128).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Flatten.of());
    SymbolicTensor features = body.apply(image);
    return Model.of(
        "discriminator",
        List.of(image),
        List.of(Dense.units(1).apply(features), Dense.units(10).apply(features)));
  }
}
