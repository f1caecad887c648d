package dev.tandem.core.layer;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is added to the logits of an attention so that softmax gives 0 for some keys. */
final class AttentionMasks {

  /** Far enough below 0 for a softmax, and far from the smallest float32. */
  private static final double FAR = 1e9;

  private AttentionMasks() {}

  /** 0 where a mask is 1, far below 0 where it is 0. */
  static Value below(Ops ops, Value mask) {
    return ops.scale(ops.shift(mask, -1), FAR);
  }

  /**
   * For logits (…, queries, keys): (queries, keys) with far below 0 for keys behind their query.
   */
  static Value later(Ops ops, TensorSpec logits) {
    int queries = Math.toIntExact(logits.shape().size(-2));
    int keys = Math.toIntExact(logits.shape().size(-1));
    double[] numbers = new double[queries * keys];
    for (int query = 0; query < queries; query++) {
      for (int key = query + 1; key < keys; key++) {
        numbers[query * keys + key] = -FAR;
      }
    }
    Backend.require();
    INDArray array = Nd4j.create(numbers, new long[] {1, 1, queries, keys}, 'c');
    return ops.constant(array.castTo(logits.dtype()));
  }
}
