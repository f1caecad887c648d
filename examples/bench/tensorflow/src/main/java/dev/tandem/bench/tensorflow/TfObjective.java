package dev.tandem.bench.tensorflow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** What the two sides of a GAN make small, drawn from the discriminator's logits. */
enum TfObjective {
  /** Cross entropy; the generator wants its samples to be taken for real. */
  NON_SATURATING {
    @Override
    Operand<TFloat32> ofDiscriminator(
        Tf tf, TfNet discriminator, Operand<TFloat32> real, Operand<TFloat32> fake) {
      Ops ops = tf.ops();
      Operand<TFloat32> onReal = discriminator.apply(real, NO_UPDATES);
      Operand<TFloat32> onFake = discriminator.apply(fake, NO_UPDATES);
      return ops.math.add(
          tf.mean(ops.math.softplus(ops.math.neg(onReal))), tf.mean(ops.math.softplus(onFake)));
    }

    @Override
    Operand<TFloat32> ofGenerator(Tf tf, Operand<TFloat32> judged) {
      return tf.mean(tf.ops().math.softplus(tf.ops().math.neg(judged)));
    }
  },

  /** Wasserstein distance with gradient penalty 10 (Gulrajani et al., 2017, arXiv:1704.00028). */
  WASSERSTEIN_PENALTY {
    @Override
    Operand<TFloat32> ofDiscriminator(
        Tf tf, TfNet discriminator, Operand<TFloat32> real, Operand<TFloat32> fake) {
      Ops ops = tf.ops();
      Operand<TFloat32> onReal = tf.mean(discriminator.apply(real, NO_UPDATES));
      Operand<TFloat32> onFake = tf.mean(discriminator.apply(fake, NO_UPDATES));
      Operand<TFloat32> penalty = penalty(tf, discriminator, real, fake);
      return ops.math.add(ops.math.sub(onFake, onReal), ops.math.mul(penalty, ops.constant(10f)));
    }

    private Operand<TFloat32> penalty(
        Tf tf, TfNet discriminator, Operand<TFloat32> real, Operand<TFloat32> fake) {
      Ops ops = tf.ops();
      int batch = (int) real.shape().get(0);
      Operand<TFloat32> share =
          ops.random.randomUniform(ops.constant(new int[] {batch, 1, 1, 1}), TFloat32.class);
      Operand<TFloat32> between =
          ops.stopGradient(ops.math.add(fake, ops.math.mul(share, ops.math.sub(real, fake))));
      // Written out: what gradients() starts with by itself has no second derivative.
      Operand<TFloat32> ones = ops.fill(ops.constant(new int[] {batch, 1}), ops.constant(1f));
      Operand<TFloat32> slope =
          ops.gradients(
                  discriminator.apply(between, NO_UPDATES),
                  List.of(between),
                  Gradients.dx(List.of(ones)))
              .dy(0);
      Operand<TFloat32> squares =
          ops.reduceSum(ops.math.square(slope), ops.constant(new int[] {1, 2, 3}));
      Operand<TFloat32> norm = ops.math.sqrt(ops.math.add(squares, ops.constant(1e-12f)));
      return tf.mean(ops.math.square(ops.math.sub(norm, ops.constant(1f))));
    }

    @Override
    Operand<TFloat32> ofGenerator(Tf tf, Operand<TFloat32> judged) {
      return tf.ops().math.neg(tf.mean(judged));
    }
  };

  /** Discriminators here have no running statistics. */
  static final List<Op> NO_UPDATES = List.of();

  /** The discriminator's loss on real samples and fake ones, each judged by a call of its own. */
  abstract Operand<TFloat32> ofDiscriminator(
      Tf tf, TfNet discriminator, Operand<TFloat32> real, Operand<TFloat32> fake);

  /** The generator's loss on what was said of its samples. */
  abstract Operand<TFloat32> ofGenerator(Tf tf, Operand<TFloat32> judged);
}
