package dev.tandem.bench.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** A chain of layers with variables of their own; each application shares them. */
final class TfNet {

  private static final float SLOPE = 0.2f;
  private static final float MOMENTUM = 0.9f;
  private static final float EPSILON = 1e-5f;

  /** A layer: what it makes of x, adding what a step must update to a list. */
  private interface Layer extends BiFunction<Operand<TFloat32>, List<Op>, Operand<TFloat32>> {}

  private final Tf tf;
  private final Ops ops;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Variable<TFloat32>> parameters = new ArrayList<>();

  TfNet(Tf tf) {
    this.tf = tf;
    ops = tf.ops();
  }

  private Variable<TFloat32> parameter(Variable<TFloat32> variable) {
    parameters.add(variable);
    return variable;
  }

  private TfNet then(Layer layer) {
    layers.add(layer);
    return this;
  }

  TfNet linear(long in, long out) {
    Variable<TFloat32> kernel = parameter(tf.normal(Math.sqrt(2.0 / (in + out)), in, out));
    Variable<TFloat32> bias = parameter(tf.constant(0, out));
    return then((x, updates) -> ops.nn.biasAdd(ops.linalg.matMul(x, kernel), bias));
  }

  TfNet conv(long in, long out, long size, long stride) {
    double deviation = Math.sqrt(2.0 / (size * size * (in + out)));
    Variable<TFloat32> kernel = parameter(tf.normal(deviation, size, size, in, out));
    Variable<TFloat32> bias = parameter(tf.constant(0, out));
    List<Long> strides = List.of(1L, stride, stride, 1L);
    return then((x, updates) -> ops.nn.biasAdd(ops.nn.conv2d(x, kernel, strides, "SAME"), bias));
  }

  /** A transposed convolution to images twice as high and wide. */
  TfNet up(int batch, int outSize, int in, int out) {
    double deviation = Math.sqrt(2.0 / (16 * (in + out)));
    Variable<TFloat32> kernel = parameter(tf.normal(deviation, 4, 4, out, in));
    Variable<TFloat32> bias = parameter(tf.constant(0, out));
    int[] shape = {batch, outSize, outSize, out};
    return then(
        (x, updates) ->
            ops.nn.biasAdd(
                ops.nn.conv2dBackpropInput(
                    ops.constant(shape), kernel, x, List.of(1L, 2L, 2L, 1L), "SAME"),
                bias));
  }

  /** Batch normalization with running statistics. */
  TfNet norm(long channels) {
    Variable<TFloat32> gamma = parameter(tf.constant(1, channels));
    Variable<TFloat32> beta = parameter(tf.constant(0, channels));
    Variable<TFloat32> mean = tf.constant(0, channels);
    Variable<TFloat32> variance = tf.constant(1, channels);
    return then(
        (x, updates) -> {
          Operand<TFloat32> none = ops.constant(Shape.of(0), DataBuffers.of(new float[0]));
          FusedBatchNorm<TFloat32, TFloat32> norm =
              ops.nn.fusedBatchNorm(
                  x,
                  gamma,
                  beta,
                  none,
                  none,
                  FusedBatchNorm.epsilon(EPSILON),
                  FusedBatchNorm.isTraining(true));
          updates.add(moved(mean, norm.batchMean()));
          updates.add(moved(variance, norm.batchVariance()));
          return norm.y();
        });
  }

  private Op moved(Variable<TFloat32> statistic, Operand<TFloat32> ofBatch) {
    return ops.assign(
        statistic,
        ops.math.add(
            ops.math.mul(statistic, ops.constant(MOMENTUM)),
            ops.math.mul(ofBatch, ops.constant(1 - MOMENTUM))));
  }

  /** An LSTM over (batch, steps, in): its last output. */
  TfNet lastOfLstm(int steps, int in, int units) {
    double deviation = Math.sqrt(2.0 / (in + units));
    Variable<TFloat32> kernel = parameter(tf.normal(deviation, in, 4L * units));
    Variable<TFloat32> recurrent = parameter(tf.normal(deviation, units, 4L * units));
    Variable<TFloat32> bias = parameter(tf.constant(0, 4L * units));
    return then(
        (x, updates) -> {
          Operand<TFloat32> rows = ops.reshape(x, ops.constant(new int[] {-1, in}));
          Operand<TFloat32> read = ops.nn.biasAdd(ops.linalg.matMul(rows, kernel), bias);
          Operand<TFloat32> ofSteps =
              ops.reshape(read, ops.constant(new int[] {-1, steps, 4 * units}));
          Operand<TFloat32> output = null;
          Operand<TFloat32> memory = null;
          for (Operand<TFloat32> step :
              ops.unstack(ofSteps, (long) steps, Unstack.axis(1L)).output()) {
            Operand<TFloat32> all =
                output == null ? step : ops.math.add(step, ops.linalg.matMul(output, recurrent));
            List<Output<TFloat32>> gates = ops.split(ops.constant(1), all, 4L).output();
            Operand<TFloat32> added =
                ops.math.mul(ops.math.sigmoid(gates.get(0)), ops.math.tanh(gates.get(2)));
            memory =
                memory == null
                    ? added
                    : ops.math.add(ops.math.mul(ops.math.sigmoid(gates.get(1)), memory), added);
            output = ops.math.mul(ops.math.sigmoid(gates.get(3)), ops.math.tanh(memory));
          }
          return output;
        });
  }

  TfNet relu() {
    return then((x, updates) -> ops.nn.relu(x));
  }

  TfNet leakyRelu() {
    return then((x, updates) -> ops.nn.leakyRelu(x, LeakyRelu.alpha(SLOPE)));
  }

  TfNet tanh() {
    return then((x, updates) -> ops.math.tanh(x));
  }

  TfNet reshape(int... shape) {
    return then((x, updates) -> ops.reshape(x, ops.constant(shape)));
  }

  /**
   * Applies the layers.
   *
   * @param updates gets the updates of running statistics
   */
  Operand<TFloat32> apply(Operand<TFloat32> x, List<Op> updates) {
    Operand<TFloat32> y = x;
    for (Layer layer : layers) {
      y = layer.apply(y, updates);
    }
    return y;
  }

  List<Variable<TFloat32>> parameters() {
    return parameters;
  }
}
