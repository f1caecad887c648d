package dev.tandem.core.engine.onednn;

import dev.tandem.core.op.Abs;
import dev.tandem.core.op.Elu;
import dev.tandem.core.op.Exp;
import dev.tandem.core.op.Gelu;
import dev.tandem.core.op.GeluTanh;
import dev.tandem.core.op.LeakyRelu;
import dev.tandem.core.op.Log;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Relu;
import dev.tandem.core.op.Sigmoid;
import dev.tandem.core.op.Softplus;
import dev.tandem.core.op.Sqrt;
import dev.tandem.core.op.Square;
import dev.tandem.core.op.Swish;
import dev.tandem.core.op.Tanh;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise function in oneDNN's words.
 *
 * @param name the op's
 * @param kind the function
 * @param alpha its parameter
 */
record Eltwise(String name, algorithm kind, float alpha) {

  private static Eltwise of(Op op, algorithm kind, double alpha) {
    return new Eltwise(op.name(), kind, (float) alpha);
  }

  /** What an op does to each element, or null if it is no such op. */
  static @Nullable Eltwise of(Op op) {
    if (op instanceof LeakyRelu leaky) {
      return of(op, algorithm.eltwise_relu, leaky.slope());
    } else if (op instanceof Relu) {
      return of(op, algorithm.eltwise_relu, 0);
    } else if (op instanceof Tanh) {
      return of(op, algorithm.eltwise_tanh, 0);
    } else if (op instanceof Sigmoid) {
      return of(op, algorithm.eltwise_logistic, 0);
    } else if (op instanceof Elu elu) {
      return of(op, algorithm.eltwise_elu, elu.alpha());
    } else if (op instanceof Softplus) {
      return of(op, algorithm.eltwise_soft_relu, 1);
    } else if (op instanceof Gelu) {
      return of(op, algorithm.eltwise_gelu_erf, 0);
    } else if (op instanceof GeluTanh) {
      return of(op, algorithm.eltwise_gelu_tanh, 0);
    } else if (op instanceof Swish) {
      return of(op, algorithm.eltwise_swish, 1);
    } else if (op instanceof Exp) {
      return of(op, algorithm.eltwise_exp, 0);
    } else if (op instanceof Log) {
      return of(op, algorithm.eltwise_log, 0);
    } else if (op instanceof Sqrt) {
      return of(op, algorithm.eltwise_sqrt, 0);
    } else if (op instanceof Square) {
      return of(op, algorithm.eltwise_square, 0);
    } else if (op instanceof Abs) {
      return of(op, algorithm.eltwise_abs, 0);
    }
    return null;
  }

  /** What makes a primitive apply it to its result. */
  primitive_attr behind() {
    primitive_attr attributes = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      after.append_eltwise(kind.value, alpha, 0f);
      attributes.set_post_ops(after);
    }
    return attributes;
  }
}
