package dev.tandem.bench.jmh;

import dev.tandem.core.op.update.UpdateOps;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One op on a shape that the workloads have, between feeds and outputs. */
public enum KernelCase {
  /** The first layer of mlp. */
  MATMUL {
    @Override
    List<Value> draw(Ops ops) {
      return List.of(ops.matmul(feed(ops, "x", 128, 784), feed(ops, "kernel", 784, 512)));
    }
  },
  /** The second layer of dcgan28's discriminator. */
  CONVOLUTION {
    @Override
    List<Value> draw(Ops ops) {
      Value image = feed(ops, "image", 64, 14, 14, 64);
      return List.of(ImageOps.conv2d(ops, image, feed(ops, "kernel", 4, 4, 64, 128), HALVING));
    }
  },
  /** Its gradient by its input, which is the way forward of a transposed convolution. */
  CONVOLUTION_INPUT_GRADIENT {
    @Override
    List<Value> draw(Ops ops) {
      Value gradient = feed(ops, "gradient", 64, 7, 7, 128);
      Value kernel = feed(ops, "kernel", 4, 4, 64, 128);
      return List.of(ImageOps.conv2dTranspose(ops, gradient, kernel, HALVING, Shape.of(64, 14, 14, 64)));
    }
  },
  /** Its gradient by its kernel. */
  CONVOLUTION_KERNEL_GRADIENT {
    @Override
    List<Value> draw(Ops ops) {
      Op op = new Conv2DKernelGradient(HALVING, Shape.of(4, 4, 64, 128));
      Value image = feed(ops, "image", 64, 14, 14, 64);
      return ops.apply(op, List.of(image, feed(ops, "gradient", 64, 7, 7, 128)));
    }
  },
  /** On the largest maps of dcgan28's generator. */
  BATCH_NORM {
    @Override
    List<Value> draw(Ops ops) {
      Value x = feed(ops, "x", MAP);
      return List.of(NormOps.batchNorm(ops, x, feed(ops, "gamma", 64), feed(ops, "beta", 64), 1e-5).y());
    }
  },
  /** Its gradients. */
  BATCH_NORM_GRADIENT {
    @Override
    List<Value> draw(Ops ops) {
      return ops.apply(
          new BatchNormGradient(1e-5),
          List.of(
              feed(ops, "x", MAP),
              feed(ops, "gamma", 64),
              feed(ops, "mean", 64),
              feed(ops, "variance", 64),
              feed(ops, "gradient", MAP)));
    }
  },
  /** On the same maps. */
  LEAKY_RELU {
    @Override
    List<Value> draw(Ops ops) {
      return List.of(ActivationOps.leakyRelu(ops, feed(ops, "x", MAP), 0.2));
    }
  },
  /** Its gradient. */
  LEAKY_RELU_GRADIENT {
    @Override
    List<Value> draw(Ops ops) {
      return ops.apply(
          new LeakyReluGradient(0.2), List.of(feed(ops, "x", MAP), feed(ops, "gradient", MAP)));
    }
  },
  /** On the same maps. */
  TANH {
    @Override
    List<Value> draw(Ops ops) {
      return List.of(ActivationOps.tanh(ops, feed(ops, "x", MAP)));
    }
  },
  /** Of a batch of vocabularies, or of attention. */
  SOFTMAX {
    @Override
    List<Value> draw(Ops ops) {
      return List.of(ActivationOps.softmax(ops, feed(ops, "x", 1024, 1000)));
    }
  },
  /** Of mlp's first kernel. */
  ADAM {
    @Override
    List<Value> draw(Ops ops) {
      return UpdateOps.adam(ops, 
          new AdamUpdate(0.9, 0.999, 1e-8),
          feed(ops, "weight", 784, 512),
          feed(ops, "gradient", 784, 512),
          feed(ops, "m", 784, 512),
          feed(ops, "v", 784, 512),
          feed(ops, "alpha"));
    }
  };

  private static final ConvGeometry HALVING = ConvGeometry.same(14, 14, 4, 4, 2, 2, 1, 1);
  private static final long[] MAP = {64, 28, 28, 64};

  /** Draws the op on feeds. */
  abstract List<Value> draw(Ops ops);

  /** The op alone. */
  OpGraph graph() {
    Ops ops = new Ops();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Value output : draw(ops)) {
      outputs.put("output" + outputs.size(), output);
    }
    return ops.build(outputs);
  }

  private static Value feed(Ops ops, String name, long... sizes) {
    return ops.feed(name, TensorSpec.of(sizes));
  }
}
