package dev.tandem.cuda.device;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.KernelText;
import org.nd4j.linalg.api.buffer.DataType;

/** One thing that a card does. Addresses are of its own memory. */
public sealed interface Command {

  /**
   * One of our kernels.
   *
   * @param kernel its text and grid
   * @param addresses an argument for each of its parameters
   * @param lengths how many elements lie at each of them, or none if that is not known
   */
  record Launch(KernelText kernel, ImmutableList<Long> addresses, ImmutableList<Long> lengths)
      implements Command {

    /** A kernel of which it is not known how much it reads and writes. */
    public Launch(KernelText kernel, ImmutableList<Long> addresses) {
      this(kernel, addresses, ImmutableList.of());
    }

    /** Checks that there is an argument for each parameter. */
    public Launch {
      if (addresses.size() != kernel.parameters().size()) {
        throw new IllegalArgumentException(
            kernel.label() + " takes " + kernel.parameters() + ", not " + addresses.size());
      } else if (!lengths.isEmpty() && lengths.size() != addresses.size()) {
        throw new IllegalArgumentException(
            kernel.label() + " has " + addresses.size() + " addresses, lengths " + lengths);
      }
    }
  }

  /**
   * A matrix product of one or many: (batch, rows, inner) by (batch, inner, columns), in 'c' order.
   *
   * @param transposeA whether a lies as (batch, inner, rows)
   * @param transposeB whether b lies as (batch, columns, inner)
   * @param bias the address of (columns,) that is added to each row, or 0
   * @param relu whether relu comes last; NaN stays NaN
   */
  record Product(
      DataType dtype,
      long batch,
      long rows,
      long inner,
      long columns,
      boolean transposeA,
      boolean transposeB,
      long a,
      long b,
      long bias,
      boolean relu,
      long out)
      implements Command {}

  /** What a convolution computes of (image, kernel, output). */
  enum ConvolutionKind {
    /** The output. */
    OUTPUT,
    /** The gradient of the image, from kernel and gradient at the output. */
    IMAGE_GRADIENT,
    /** The gradient of the kernel, from image and gradient at the output. */
    KERNEL_GRADIENT
  }

  /**
   * A convolution or one of its gradients, in the layouts of the API.
   *
   * @param imageShape (batch, height, width, channels)
   * @param kernelShape (height, width, in, out)
   * @param outputShape (batch, height, width, out)
   * @param image the address of the image or its gradient
   * @param kernel the address of the kernel or its gradient
   * @param output the address of the output or the gradient that arrives there
   */
  record Convolution(
      ConvolutionKind kind,
      DataType dtype,
      ConvGeometry geometry,
      Shape imageShape,
      Shape kernelShape,
      Shape outputShape,
      long image,
      long kernel,
      long output)
      implements Command {}

  /** A copy within the card's memory. */
  record Copy(long from, long to, long bytes) implements Command {}
}
