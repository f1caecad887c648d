package dev.tandem.bench.torch;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What the two sides of a GAN make small. */
enum TorchObjective {
  /** Cross entropy from logits; the generator wants its samples to be taken for real. */
  NON_SATURATING {
    @Override
    Tensor ofDiscriminator(TorchNet discriminator, Tensor real, Tensor fake) {
      Tensor onReal = discriminator.apply(real);
      Tensor onFake = discriminator.apply(fake);
      return torch
          .binary_cross_entropy_with_logits(onReal, torch.ones_like(onReal))
          .add(torch.binary_cross_entropy_with_logits(onFake, torch.zeros_like(onFake)));
    }

    @Override
    Tensor ofGenerator(Tensor judged) {
      return torch.binary_cross_entropy_with_logits(judged, torch.ones_like(judged));
    }
  },

  /** Wasserstein distance with gradient penalty 10 (Gulrajani et al., 2017, arXiv:1704.00028). */
  WASSERSTEIN_PENALTY {
    @Override
    Tensor ofDiscriminator(TorchNet discriminator, Tensor real, Tensor fake) {
      Tensor onFake = discriminator.apply(fake).mean();
      Tensor distance = onFake.sub(discriminator.apply(real).mean());
      return distance.add(penalty(discriminator, real, fake).mul(new Scalar(10f)));
    }

    private Tensor penalty(TorchNet discriminator, Tensor real, Tensor fake) {
      Tensor share = torch.rand(real.size(0), 1, 1, 1);
      Tensor between = fake.add(share.mul(real.sub(fake))).detach();
      between.requires_grad_(true);
      Tensor judged = discriminator.apply(between);
      TensorVector slopes =
          torch.grad(
              new TensorVector(judged),
              new TensorVector(between),
              new TensorVector(torch.ones_like(judged)),
              new BoolOptional(true),
              true,
              false);
      Tensor rows = slopes.get(0).reshape(real.size(0), -1);
      Tensor norms = torch.norm(rows, new ScalarOptional(new Scalar(2f)), 1);
      return norms.sub(new Scalar(1f)).pow(new Scalar(2f)).mean();
    }

    @Override
    Tensor ofGenerator(Tensor judged) {
      return judged.mean().neg();
    }
  };

  /** The discriminator's loss on real samples and fake ones, each judged by a call of its own. */
  abstract Tensor ofDiscriminator(TorchNet discriminator, Tensor real, Tensor fake);

  /** The generator's loss on what was said of its samples. */
  abstract Tensor ofGenerator(Tensor judged);
}
