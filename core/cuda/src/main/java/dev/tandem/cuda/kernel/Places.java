package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;

/**
 * Where a call's values lie on the card: dense and in 'c' order.
 *
 * @param call what is computed
 * @param inputs an address for each of {@link CudaChoice#inputs}
 * @param outputs an address for each output of the call
 * @param scratch an address for each of {@link CudaChoice#scratch}
 * @param clock the address of (seed, step) of the run, two int64
 * @param errors the address where this call says which of its indices is outside a table, two
 *     uint64, or 0 if it has no indices
 */
public record Places(
    OpCall call,
    ImmutableList<Long> inputs,
    ImmutableList<Long> outputs,
    ImmutableList<Long> scratch,
    long clock,
    long errors) {

  /** The address of an input. */
  public long in(int index) {
    return inputs.get(index);
  }

  /** The address of the first output. */
  public long out() {
    return outputs.get(0);
  }

  /** The address of an output. */
  public long out(int index) {
    return outputs.get(index);
  }

  /** The address of a buffer to work in. */
  public long scratch(int index) {
    return scratch.get(index);
  }
}
