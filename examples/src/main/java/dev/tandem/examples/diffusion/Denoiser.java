package dev.tandem.examples.diffusion;

import static dev.tandem.core.activation.Activations.swish;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.randomNormal;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.GroupNormalization;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.SelfAttention;
import dev.tandem.core.model.Model;
import java.util.List;

/**
 * Two models over one U-Net.
 *
 * @param unet from a mixture of an image and noise, (28, 28, 1), and its {@link Times time} to
 *     {@code v = signal · noise − noise's part · image}, from which both follow (Salimans, Ho,
 *     2022, arXiv:2202.00512)
 * @param training from images, and times, to the mean squared error of the U-Net on mixtures of
 *     them with noise that each step draws
 */
record Denoiser(Model unet, Model training) {

  static final String IMAGE = "image";
  static final String MIXTURE = "mixture";

  private static final int GROUPS = 8;

  /**
   * Draws them, with first values by the seed.
   *
   * @param width channels at 14 × 14, a multiple of 8; twice as many at 7 × 7
   */
  static Denoiser create(int width, long seed) {
    Model unet = unet(width);
    // region training
    Input image = Input.of("image", 28, 28, 1);
    Input signal = Input.of("signal", 1, 1, 1);
    Input noise = Input.of("noise", 1, 1, 1);
    Input time = Input.of("time", Times.FEATURES);
    SymbolicTensor drawn = randomNormal(image, 28, 28, 1);
    SymbolicTensor mixture = add(multiply(signal, image), multiply(noise, drawn));
    SymbolicTensor v = subtract(multiply(signal, drawn), multiply(noise, image));
    SymbolicTensor wrong = subtract(unet.apply(mixture, time), v);
    Model training =
        Model.of("denoising", List.of(image, signal, noise, time), List.of(mean(square(wrong))));
    // endregion
    training.initialize(seed);
    return new Denoiser(unet, training);
  }

  // region unet
  private static Model unet(int width) {
    Input mixture = Input.of("mixture", 28, 28, 1);
    Input time = Input.of("time", Times.FEATURES);
    SymbolicTensor when = Dense.units(2 * width).activation(swish()).apply(time);

    SymbolicTensor fine = conv(width).stride(2).apply(mixture); // 14 × 14
    fine = block(fine, when, width);
    SymbolicTensor coarse = conv(2 * width).stride(2).apply(fine); // 7 × 7
    coarse = SelfAttention.of().apply(block(coarse, when, 2 * width));
    coarse = block(coarse, when, 2 * width);
    SymbolicTensor up = Concatenate.of().apply(fine, larger(width).apply(coarse)); // 14 × 14
    up = block(up, when, width);
    up = Concatenate.of().apply(mixture, larger(width / 2).apply(up)); // 28 × 28
    up = conv(width / 2).activation(swish()).apply(up);
    return Model.of("unet", List.of(mixture, time), List.of(conv(1).apply(up)));
  }

  /** Two convolutions beside a way around them, told the time between them. */
  private static SymbolicTensor block(SymbolicTensor x, SymbolicTensor when, int channels) {
    SymbolicTensor inner = conv(channels).apply(normed(x));
    SymbolicTensor told = Reshape.of(1, 1, channels).apply(Dense.units(channels).apply(when));
    inner = conv(channels).apply(normed(Add.of().apply(inner, told)));
    SymbolicTensor around =
        x.shape().size(3) == channels ? x : Conv2D.filters(channels).kernel(1).apply(x);
    return Add.of().apply(around, inner);
  }

  // endregion

  private static SymbolicTensor normed(SymbolicTensor x) {
    return ActivationLayer.of(swish()).apply(GroupNormalization.groups(GROUPS).apply(x));
  }

  private static Conv2D conv(int channels) {
    return Conv2D.filters(channels).kernel(3).padding(SAME);
  }

  private static Conv2DTranspose larger(int channels) {
    return Conv2DTranspose.filters(channels).kernel(4).stride(2).padding(SAME);
  }
}
