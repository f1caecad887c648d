package dev.tandem.core.op.norm;

import dev.tandem.core.op.Op;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a normalization: of batches (mean and variance of each channel) or layers (of each
 * place).
 *
 * @param y the shape of what is normalized
 * @param mean of the batch (channels), of a layer (…, 1)
 * @param variance of the same, biased
 */
public record Normalized(Value y, Value mean, Value variance) {

  static Normalized of(List<Value> outputs) {
    return new Normalized(outputs.get(0), outputs.get(1), outputs.get(2));
  }

  /**
   * The gradients at (x, gamma, beta), or null if one arrives at mean or variance.
   *
   * @param gradient from (x, gamma, mean, variance, gradient at y)
   */
  static @Nullable List<@Nullable Value> vjp(VjpContext back, Op gradient) {
    List<Value> outputs = back.call().outputs();
    List<@Nullable Value> upstreams = back.upstreams();
    if (back.upstream() == null || upstreams.get(1) != null || upstreams.get(2) != null) {
      return null;
    }
    return List.copyOf(
        back.ops()
            .apply(
                gradient,
                List.of(
                    back.input(0),
                    back.input(1),
                    outputs.get(1),
                    outputs.get(2),
                    back.upstream())));
  }
}
