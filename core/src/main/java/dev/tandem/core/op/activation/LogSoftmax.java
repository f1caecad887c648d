package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;

/** The logarithm of the softmax along the last axis, without overflow. */
public record LogSoftmax() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value shifted = ops.subtract(x, ops.stopGradient(ops.max(x, true, -1)));
    return List.of(ops.subtract(shifted, ops.log(ops.sum(ops.exp(shifted), true, -1))));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value total = ops.sum(back.upstream(), true, -1);
    return List.of(
        ops.subtract(
            back.upstream(), ops.multiply(ActivationOps.softmax(ops, back.input(0)), total)));
  }
}
