package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of reverse mode: a call and the gradients that have arrived at its outputs.
 *
 * @param ops where the rule writes
 * @param call the call to go back through
 * @param upstreams a gradient for each output, or null where none arrived
 */
public record VjpContext(Ops ops, OpCall call, List<@Nullable Value> upstreams) {

  /** An input of the call. */
  public Value input(int index) {
    return call.inputs().get(index);
  }

  /** The first output of the call. */
  public Value output() {
    return call.outputs().get(0);
  }

  /** The gradient at the first output; never null for an op with one output. */
  public Value upstream() {
    return upstreams.get(0);
  }
}
