package dev.tandem.core.engine.nd4j;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.function.Function;

/** A choice put together from its parts. */
final class Choice implements KernelChoice {

  private record Share(int output, int input) {}

  private final Function<Binding, Kernel> binder;
  private final ImmutableList<TensorSpec> scratch;
  private final ImmutableSet<Share> shares;

  private Choice(
      Function<Binding, Kernel> binder,
      ImmutableList<TensorSpec> scratch,
      ImmutableSet<Share> shares) {
    this.binder = binder;
    this.scratch = scratch;
    this.shares = shares;
  }

  static Choice of(Function<Binding, Kernel> binder) {
    return new Choice(binder, ImmutableList.of(), ImmutableSet.of());
  }

  /** This choice with buffers to work in. */
  Choice scratch(TensorSpec... specs) {
    return new Choice(binder, ImmutableList.copyOf(specs), shares);
  }

  /** This choice with an output that may lie in the buffer of an input. */
  Choice sharing(int output, int input) {
    return new Choice(
        binder,
        scratch,
        ImmutableSet.<Share>builder().addAll(shares).add(new Share(output, input)).build());
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
