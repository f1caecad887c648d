package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.activation.Elu;
import dev.tandem.core.op.activation.Gelu;
import dev.tandem.core.op.activation.GeluTanh;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.Relu;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.Softplus;
import dev.tandem.core.op.activation.Swish;
import dev.tandem.core.op.activation.Tanh;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An elementwise function in oneDNN's words.
 *
 * @param name the op's
 * @param kind the function
 * @param alpha its parameter
 */
record Eltwise(String name, algorithm kind, float alpha) {

  private static Eltwise of(Op op, algorithm kind, double alpha) {
    return new Eltwise(op.opName(), kind, (float) alpha);
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
    } else if (op instanceof Scale scale) {
      return of(op, algorithm.eltwise_linear, scale.factor());
    } else if (op == UnaryFunction.LOG) {
      return of(op, algorithm.eltwise_log, 0);
    } else if (op == UnaryFunction.SQRT) {
      return of(op, algorithm.eltwise_sqrt, 0);
    } else if (op == UnaryFunction.SQUARE) {
      return of(op, algorithm.eltwise_square, 0);
    } else if (op == UnaryFunction.ABS) {
      return of(op, algorithm.eltwise_abs, 0);
    }
    return null;
  }

  /** Whether it is max(x, 0), which oneDNN computes so that NaN becomes 0. */
  boolean isRelu() {
    return kind == algorithm.eltwise_relu && alpha == 0;
  }

  /**
   * What makes a primitive apply it to its result. A relu is one with the slope 0 below 0, so that
   * NaN stays what it is; {@link #arguments} has to give the slope.
   */
  primitive_attr behind() {
    primitive_attr attributes = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      if (isRelu()) {
        after.append_prelu(0);
      } else {
        after.append_eltwise(kind.value, alpha, 0f);
      }
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  /** Adds what a primitive with {@link #behind} reads. */
  void arguments(Primitive.Builder builder, Binding b) {
    if (isRelu()) {
      INDArray slope = b.constants().filled(0, DataType.FLOAT, 1);
      builder.argument(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_WEIGHTS, Dnnl.flat(1), slope);
    }
  }
}
