package dev.tandem.examples.autoencoder;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.sigmoid;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.randomNormal;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import java.util.List;

/**
 * Four models over one encoder and one decoder.
 *
 * @param training from an image to what the loss is made of: {@code missed} and, of a variational
 *     one, {@code kl}, each a number for each image
 * @param encoder from an image to its code; of a variational one to the code's mean
 * @param generator from a code to an image in [0, 1]
 * @param reconstruction from an image to what its code keeps of it
 */
record Autoencoder(Model training, Model encoder, Model generator, Model reconstruction) {

  /** An autoencoder with codes of so many numbers. */
  static Autoencoder plain(int latent, long seed) {
    Model trunk = trunk();
    Model decoder = decoder(latent);
    // region plain
    Input image = Input.of("image", 28, 28, 1);
    SymbolicTensor code = Dense.units(latent).named("code").apply(trunk.apply(image));
    SymbolicTensor logits = decoder.apply(code);
    SymbolicTensor missed = Lambda.of("missed", Autoencoder::missed).apply(image, logits);
    Model training = Model.of("autoencoder", image, missed).initialize(seed);
    // endregion
    return of(training, image, code, decoder);
  }

  /**
   * A variational autoencoder (Kingma, Welling, 2013, arXiv:1312.6114) with codes of so many
   * numbers.
   */
  static Autoencoder variational(int latent, long seed) {
    Model trunk = trunk();
    Model decoder = decoder(latent);
    // region variational
    Input image = Input.of("image", 28, 28, 1);
    SymbolicTensor features = trunk.apply(image);
    SymbolicTensor mean = Dense.units(latent).named("mean").apply(features);
    SymbolicTensor logVariance = Dense.units(latent).named("log_variance").apply(features);

    SymbolicTensor deviation =
        Lambda.of("deviation", (ops, in) -> ops.exp(ops.scale(in.get(0), 0.5))).apply(logVariance);
    SymbolicTensor code = add(mean, multiply(deviation, randomNormal(mean, latent)));

    SymbolicTensor missed =
        Lambda.of("missed", Autoencoder::missed).apply(image, decoder.apply(code));
    SymbolicTensor kl = Lambda.of("kl", Autoencoder::kl).apply(mean, logVariance);
    Model training =
        Model.of("vae", List.of(image), List.of(missed, kl))
            .initialize(seed); // their sum is the loss
    // endregion
    return of(training, image, mean, decoder);
  }

  // region views
  private static Autoencoder of(Model training, Input image, SymbolicTensor code, Model decoder) {
    ActivationLayer pixels = ActivationLayer.of(sigmoid());
    Input drawn = Input.of("drawn", code.shape().size(1));
    return new Autoencoder(
        training,
        Model.of("encoder", image, code),
        Model.of("generator", drawn, pixels.apply(decoder.apply(drawn))),
        Model.of("reconstruction", image, pixels.apply(decoder.apply(code))));
  }

  // endregion

  private static Model trunk() {
    return Model.sequential(
        "trunk",
        Input.of("image", 28, 28, 1),
        Conv2D.filters(16).kernel(4).stride(2).padding(SAME).activation(relu()),
        Conv2D.filters(32).kernel(4).stride(2).padding(SAME).activation(relu()),
        Flatten.of(),
        Dense.units(128).activation(relu()));
  }

  /** From a code to the logits of pixels. */
  private static Model decoder(int latent) {
    return Model.sequential(
        "decoder",
        Input.of("code", latent),
        Dense.units(7 * 7 * 32).activation(relu()),
        Reshape.of(7, 7, 32),
        Conv2DTranspose.filters(16).kernel(4).stride(2).padding(SAME).activation(relu()),
        Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME));
  }

  // region losses
  /** Of pixels x in [0, 1] and logits l: the sum of log(1 + e^l) − x · l. */
  private static Value missed(Ops ops, List<Value> in) {
    Value log = ActivationOps.softplus(ops, in.get(1));
    return ops.sum(ops.subtract(log, ops.multiply(in.get(0), in.get(1))), false, 1, 2, 3);
  }

  /** Of N(m, e^v) from N(0, 1): the sum of (e^v + m² − 1 − v) / 2. */
  private static Value kl(Ops ops, List<Value> in) {
    Value squares = ops.add(ops.exp(in.get(1)), ops.square(in.get(0)));
    return ops.scale(ops.sum(ops.subtract(squares, ops.shift(in.get(1), 1)), false, 1), 0.5);
  }
  // endregion
}
