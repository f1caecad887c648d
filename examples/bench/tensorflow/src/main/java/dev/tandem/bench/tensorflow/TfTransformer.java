package dev.tandem.bench.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Four causal layers of attention, 128 wide, over 16 rows of 128 tokens of 256. */
final class TfTransformer {

  private static final int BATCH = 16;
  private static final int LENGTH = 128;
  private static final int WIDTH = 128;
  private static final int HEADS = 4;
  private static final int VOCABULARY = 256;
  private static final float FAR_BELOW = -1e9f;

  private final Tf tf;
  private final Ops ops;
  private final Operand<TFloat32> causal;
  private final List<Variable<TFloat32>> parameters = new ArrayList<>();

  TfTransformer(Tf tf) {
    this.tf = tf;
    this.ops = tf.ops();
    float[] mask = new float[LENGTH * LENGTH];
    for (int row = 0; row < LENGTH; row++) {
      for (int column = row + 1; column < LENGTH; column++) {
        mask[row * LENGTH + column] = FAR_BELOW;
      }
    }
    causal = ops.constant(Shape.of(LENGTH, LENGTH), DataBuffers.of(mask));
  }

  List<Variable<TFloat32>> parameters() {
    return parameters;
  }

  /** Rows of logits, (2048, 256). */
  Operand<TFloat32> logits(Operand<TInt32> tokens) {
    Variable<TFloat32> table = parameter(tf.normal(0.05, VOCABULARY, WIDTH));
    Variable<TFloat32> places = parameter(tf.normal(0.05, LENGTH, WIDTH));
    Operand<TFloat32> read = ops.gather(table, tokens, ops.constant(0));
    Operand<TFloat32> x = rows(ops.math.add(read, places), WIDTH);
    for (int layer = 0; layer < 4; layer++) {
      x = ops.math.add(x, attention(norm(x)));
      x = ops.math.add(x, linear(gelu(linear(norm(x), WIDTH, 4 * WIDTH)), 4 * WIDTH, WIDTH));
    }
    return linear(norm(x), WIDTH, VOCABULARY);
  }

  private Variable<TFloat32> parameter(Variable<TFloat32> variable) {
    parameters.add(variable);
    return variable;
  }

  private Operand<TFloat32> rows(Operand<TFloat32> x, int width) {
    return ops.reshape(x, ops.constant(new int[] {-1, width}));
  }

  private Operand<TFloat32> linear(Operand<TFloat32> x, long in, long out) {
    Variable<TFloat32> kernel = parameter(tf.normal(Math.sqrt(2.0 / (in + out)), in, out));
    Variable<TFloat32> bias = parameter(tf.constant(0, out));
    return ops.nn.biasAdd(ops.linalg.matMul(x, kernel), bias);
  }

  private Operand<TFloat32> norm(Operand<TFloat32> x) {
    Variable<TFloat32> gamma = parameter(tf.constant(1, WIDTH));
    Variable<TFloat32> beta = parameter(tf.constant(0, WIDTH));
    Operand<TFloat32> mean = ops.math.mean(x, ops.constant(1), Mean.keepDims(true));
    Operand<TFloat32> variance =
        ops.math.mean(ops.math.squaredDifference(x, mean), ops.constant(1), Mean.keepDims(true));
    Operand<TFloat32> scale = ops.math.rsqrt(ops.math.add(variance, ops.constant(1e-5f)));
    Operand<TFloat32> normed = ops.math.mul(ops.math.sub(x, mean), scale);
    return ops.math.add(ops.math.mul(normed, gamma), beta);
  }

  private Operand<TFloat32> gelu(Operand<TFloat32> x) {
    Operand<TFloat32> erf = ops.math.erf(ops.math.mul(x, ops.constant((float) Math.sqrt(0.5))));
    return ops.math.mul(ops.math.mul(x, ops.constant(0.5f)), ops.math.add(erf, ops.constant(1f)));
  }

  private Operand<TFloat32> attention(Operand<TFloat32> x) {
    Operand<TFloat32> query = heads(linear(x, WIDTH, WIDTH));
    Operand<TFloat32> key = heads(linear(x, WIDTH, WIDTH));
    Operand<TFloat32> value = heads(linear(x, WIDTH, WIDTH));
    Operand<TFloat32> scores =
        ops.math.mul(
            ops.train.batchMatMul(query, key, TFloat32.class, BatchMatMul.adjY(true)),
            ops.constant((float) Math.sqrt((double) HEADS / WIDTH)));
    Operand<TFloat32> weights =
        ops.reshape(
            ops.nn.softmax(rows(ops.math.add(scores, causal), LENGTH)),
            ops.constant(new int[] {BATCH, HEADS, LENGTH, LENGTH}));
    Operand<TFloat32> seen = ops.train.batchMatMul(weights, value, TFloat32.class);
    Operand<TFloat32> together =
        rows(ops.linalg.transpose(seen, ops.constant(new int[] {0, 2, 1, 3})), WIDTH);
    return linear(together, WIDTH, WIDTH);
  }

  private Operand<TFloat32> heads(Operand<TFloat32> x) {
    Operand<TFloat32> split =
        ops.reshape(x, ops.constant(new int[] {BATCH, LENGTH, HEADS, WIDTH / HEADS}));
    return ops.linalg.transpose(split, ops.constant(new int[] {0, 2, 1, 3}));
  }
}
