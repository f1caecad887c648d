package dev.tandem.examples.bench.systems;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.gradients;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.norm;
import static dev.tandem.core.layer.Tensors.randomUniform;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.shift;
import static dev.tandem.core.layer.Tensors.softplus;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;

/** What the two sides of a GAN make small, drawn from the discriminator's logits. */
public enum GanObjective {
  /** Cross entropy; the generator wants its samples to be taken for real. */
  NON_SATURATING {
    @Override
    SymbolicTensor ofDiscriminator(Model discriminator, SymbolicTensor real, SymbolicTensor fake) {
      SymbolicTensor onReal = mean(softplus(scale(discriminator.apply(real), -1)));
      return add(onReal, mean(softplus(discriminator.apply(fake))));
    }

    @Override
    SymbolicTensor ofGenerator(SymbolicTensor judged) {
      return mean(softplus(scale(judged, -1)));
    }
  },

  /** Wasserstein distance with gradient penalty 10 (Gulrajani et al., 2017, arXiv:1704.00028). */
  WASSERSTEIN_PENALTY {
    @Override
    SymbolicTensor ofDiscriminator(Model discriminator, SymbolicTensor real, SymbolicTensor fake) {
      SymbolicTensor onReal = mean(discriminator.apply(real));
      SymbolicTensor distance = subtract(mean(discriminator.apply(fake)), onReal);
      return add(distance, scale(penalty(discriminator, real, fake), 10));
    }

    private SymbolicTensor penalty(Model discriminator, SymbolicTensor real, SymbolicTensor fake) {
      SymbolicTensor share = randomUniform(real, 1, 1, 1);
      SymbolicTensor between = add(fake, multiply(share, subtract(real, fake)));
      SymbolicTensor slope = gradients(discriminator.apply(between), between);
      return mean(square(shift(norm(slope, 1e-12), -1)));
    }

    @Override
    SymbolicTensor ofGenerator(SymbolicTensor judged) {
      return scale(mean(judged), -1);
    }
  };

  /** The discriminator's loss on real samples and fake ones, each judged by a call of its own. */
  abstract SymbolicTensor ofDiscriminator(
      Model discriminator, SymbolicTensor real, SymbolicTensor fake);

  /** The generator's loss on what was said of its samples. */
  abstract SymbolicTensor ofGenerator(SymbolicTensor judged);
}
