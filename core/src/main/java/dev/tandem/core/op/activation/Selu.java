package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The self-normalizing elu of Klambauer et al., 2017 (arXiv:1706.02515), with their constants. Its
 * slope at 0 is the scale, that of the right side.
 */
public record Selu() implements Composite {

  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    return List.of(ops.scale(ActivationOps.elu(ops, inputs.get(0), ALPHA), SCALE));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value slope = ops.one(new EluGradient(ALPHA, true), back.upstream(), back.input(0));
    return List.of(ops.scale(slope, SCALE));
  }
}
