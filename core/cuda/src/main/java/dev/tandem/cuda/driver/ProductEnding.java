package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.Locale;
import java.util.Objects;

/**
 * What comes after a product where cuBLASLt does not do it at once: bias and relu; and what a
 * product of nothing gives.
 */
final class ProductEnding {

  private ProductEnding() {}

  /** The product alone. */
  static Command.Product without(Command.Product product) {
    return new Command.Product(
        product.dtype(),
        product.precision(),
        product.batch(),
        product.rows(),
        product.inner(),
        product.columns(),
        product.transposeA(),
        product.transposeB(),
        product.a(),
        product.b(),
        0,
        false,
        product.addend(),
        product.out());
  }

  /** Adds bias and relu to what lies at a product's out. */
  static Command.Launch of(Command.Product product) {
    return launch(product, "p0[i]");
  }

  /** What a product with an inner size of 0 gives: bias and relu, or what is added. */
  static Command ofNothing(Command.Product product) {
    if (product.addend() == 0) {
      return launch(product, "0");
    }
    long bytes = product.batch() * product.rows() * product.columns() * product.dtype().width();
    boolean there = product.addend() == product.out();
    return new Command.Copy(product.addend(), product.out(), there ? 0 : bytes);
  }

  private static Command.Launch launch(Command.Product product, String element) {
    CType type = Objects.requireNonNull(CType.of(product.dtype()));
    long elements = product.batch() * product.rows() * product.columns();
    boolean biased = product.bias() != 0;
    String value = biased ? element + " + p1[i % " + product.columns() + "LL]" : element;
    String body =
        String.format(
            Locale.ROOT,
            """
            for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < %dLL; i += (long long)gridDim.x * blockDim.x) {
              const %s v = %s;
              p0[i] = %s;
            }
            """,
            elements,
            type.text(),
            value,
            product.relu() ? "v < 0 ? 0 : v" : "v");
    ImmutableList.Builder<String> parameters = ImmutableList.<String>builder().add(type.output());
    ImmutableList.Builder<Long> addresses = ImmutableList.<Long>builder().add(product.out());
    if (biased) {
      parameters.add(type.input());
      addresses.add(product.bias());
    }
    return new Command.Launch(
        new KernelText("product_ending", parameters.build(), body, Grid.over(elements)),
        addresses.build());
  }
}
