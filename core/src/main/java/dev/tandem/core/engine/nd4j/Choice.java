package dev.tandem.core.engine.nd4j;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A choice put together from its parts. */
final class Choice implements HostKernelChoice {

  private record Share(int output, int input) {}

  private final Function<Binding, Kernel> binder;
  private final @Nullable String label;
  private final @Nullable ImmutableList<Value> inputs;
  private final ImmutableList<TensorSpec> scratch;
  private final ImmutableSet<Share> shares;

  private Choice(
      Function<Binding, Kernel> binder,
      @Nullable String label,
      @Nullable ImmutableList<Value> inputs,
      ImmutableList<TensorSpec> scratch,
      ImmutableSet<Share> shares) {
    this.binder = binder;
    this.label = label;
    this.inputs = inputs;
    this.scratch = scratch;
    this.shares = shares;
  }

  static Choice of(Function<Binding, Kernel> binder) {
    return new Choice(binder, null, null, ImmutableList.of(), ImmutableSet.of());
  }

  /** This choice under another name than the op's. */
  Choice named(String name) {
    return new Choice(binder, name, inputs, scratch, shares);
  }

  /** This choice with other inputs than those of the call. */
  Choice reading(Value... values) {
    return new Choice(binder, label, ImmutableList.copyOf(values), scratch, shares);
  }

  /** This choice with buffers to work in. */
  Choice scratch(TensorSpec... specs) {
    return new Choice(binder, label, inputs, ImmutableList.copyOf(specs), shares);
  }

  /** This choice with an output that may lie in the buffer of an input. */
  Choice sharing(int output, int input) {
    return new Choice(
        binder,
        label,
        inputs,
        scratch,
        ImmutableSet.<Share>builder().addAll(shares).add(new Share(output, input)).build());
  }

  @Override
  public String label(OpCall call) {
    return label == null ? call.op().opName() : label;
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return inputs == null ? call.inputs() : inputs;
  }

  @Override
  public List<TensorSpec> scratch() {
    return scratch;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return shares.contains(new Share(output, input));
  }

  @Override
  public Kernel bind(Binding binding) {
    return binder.apply(binding);
  }
}
