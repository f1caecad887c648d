package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An op that is defined by other ops. It exists because a kernel may compute it faster than its
 * parts, or because its gradient is better written by hand. Where neither applies, its parts take
 * its place: in SameDiff, in a plan without a kernel for it, and (unless {@link #vjp} is
 * overridden) when it is differentiated.
 */
public non-sealed interface Composite extends Op {

  /** The outputs in terms of simpler ops. */
  List<Value> decompose(Ops ops, List<Value> inputs);

  @Override
  default List<TensorSpec> infer(List<TensorSpec> inputs) {
    Ops scratch = new Ops();
    return decompose(scratch, scratch.placeholders(inputs)).stream().map(Value::spec).toList();
  }

  /** Null: the gradient goes through the parts. */
  @Override
  default @Nullable List<@Nullable Value> vjp(VjpContext back) {
    return null;
  }
}
