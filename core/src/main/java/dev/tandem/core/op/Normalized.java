package dev.tandem.core.op;

import java.util.List;

/**
 * What batch normalization gives.
 *
 * @param y (…, channels)
 * @param mean of the batch (channels)
 * @param variance of the batch, biased (channels)
 */
public record Normalized(Value y, Value mean, Value variance) {

  static Normalized of(List<Value> outputs) {
    return new Normalized(outputs.get(0), outputs.get(1), outputs.get(2));
  }
}
