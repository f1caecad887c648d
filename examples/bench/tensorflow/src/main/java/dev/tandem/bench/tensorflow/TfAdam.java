package dev.tandem.bench.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The numbers of an Adam; epsilon is 1e-8. */
record TfAdam(double rate, double beta1, double beta2) {

  private static final float EPSILON = 1e-8f;

  /**
   * The ops that move parameters by the gradients of a loss. Every gradient is computed before any
   * variable changes, and the powers of the betas after all have.
   */
  List<Op> step(Tf tf, Operand<TFloat32> loss, List<Variable<TFloat32>> parameters) {
    Ops ops = tf.ops();
    Gradients gradients = ops.gradients(loss, parameters);
    Variable<TFloat32> power1 = tf.constant(beta1);
    Variable<TFloat32> power2 = tf.constant(beta2);
    String name = power1.op().name();
    List<Op> computed = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      computed.add(ops.identity(gradients.<TFloat32>dy(i)));
    }
    Ops then = ops.withSubScope("adam" + name).withControlDependencies(computed);
    List<Op> moves = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      long[] shape = parameters.get(i).shape().asArray();
      moves.add(
          then.train.applyAdam(
              parameters.get(i),
              tf.constant(0, shape),
              tf.constant(0, shape),
              power1,
              power2,
              ops.constant((float) rate),
              ops.constant((float) beta1),
              ops.constant((float) beta2),
              ops.constant(EPSILON),
              gradients.<TFloat32>dy(i)));
    }
    Ops last = ops.withSubScope("powers" + name).withControlDependencies(moves);
    List<Op> all = new ArrayList<>(moves);
    all.add(last.assign(power1, last.math.mul(power1, last.constant((float) beta1))));
    all.add(last.assign(power2, last.math.mul(power2, last.constant((float) beta2))));
    return all;
  }
}
