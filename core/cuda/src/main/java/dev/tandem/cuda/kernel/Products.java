package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Value;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products, with what comes behind them: by the library, and by kernels where tiny. */
final class Products implements CudaChoice {

  private final ProductChain chain;
  private final ProductSizes sizes;
  private final @Nullable KernelText kernel;

  private Products(ProductChain chain) {
    this.chain = chain;
    this.sizes = ProductSizes.of(chain.head());
    this.kernel =
        sizes.precision() == Precision.BF16
            ? null
            : SmallProducts.of(
                sizes, chain.label(), chain.bias() != null, chain.relu(), chain.addend() != null);
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    ProductChain chain = ProductChain.endingAt(call, uses);
    return chain == null ? null : new Products(chain);
  }

  @Override
  public String label(OpCall call) {
    return chain.label();
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return chain.inputs();
  }

  /** What is added is read where the same element is written. */
  @Override
  public boolean mayShare(int output, int input) {
    return chain.addend() != null && input == 2;
  }

  @Override
  public List<Command> commands(Places places) {
    if (sizes.length() == 0) {
      return List.of();
    } else if (kernel != null) {
      ImmutableList<Long> addresses =
          ImmutableList.<Long>builder().addAll(places.inputs()).add(places.out()).build();
      return List.of(new Command.Launch(kernel, addresses));
    }
    long bias = chain.bias() == null ? 0 : places.in(2);
    long addend = chain.addend() == null ? 0 : places.in(2);
    return List.of(command(sizes, places.in(0), places.in(1), bias, chain.relu(), addend, places));
  }

  private static Command command(
      ProductSizes sizes, long a, long b, long bias, boolean relu, long addend, Places places) {
    return new Command.Product(
        sizes.dtype(),
        sizes.precision(),
        sizes.batch(),
        sizes.rows(),
        sizes.inner(),
        sizes.columns(),
        sizes.transposeA(),
        sizes.transposeB(),
        a,
        b,
        bias,
        relu,
        addend,
        places.out());
  }

  /** A product alone, by whatever is best for its sizes. */
  static List<Command> plain(ProductSizes sizes, long a, long b, Places places) {
    if (sizes.length() == 0) {
      return List.of();
    }
    KernelText kernel =
        sizes.precision() == Precision.BF16
            ? null
            : SmallProducts.of(sizes, "matmul", false, false, false);
    return List.of(
        kernel == null
            ? command(sizes, a, b, 0, false, 0, places)
            : new Command.Launch(kernel, ImmutableList.of(a, b, places.out())));
  }
}
