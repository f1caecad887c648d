package dev.tandem.cuda.device;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.KernelText;
import org.nd4j.linalg.api.buffer.DataType;

/** One thing that a card does. Addresses are of its own memory. */
public sealed interface Command {

  private static void requireFloat32(DataType dtype, Precision precision) {
    if (precision != Precision.FLOAT32 && dtype != DataType.FLOAT) {
      throw new IllegalArgumentException(precision + " is of float32, not of " + dtype);
    }
  }

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
   * @param dtype of the sums, and of all but a and b
   * @param precision of a and b: of this type with all bits or as TF32, or stored as bfloat16
   * @param transposeA whether a lies as (batch, inner, rows)
   * @param transposeB whether b lies as (batch, columns, inner)
   * @param bias the address of (columns,) that is added to each row, or 0
   * @param relu whether relu comes last; NaN stays NaN
   * @param addend the address of (batch, rows, columns) that is added, or 0; neither bias nor relu
   *     then. It may be {@code out} itself
   */
  record Product(
      DataType dtype,
      Precision precision,
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
      long addend,
      long out)
      implements Command {

    /** How a and b lie in memory. */
    public DataType operands() {
      return precision == Precision.BF16 ? DataType.BFLOAT16 : dtype;
    }

    /** The same of float32 with the bits that TF32 reads; one of another type is as it is. */
    public Product asTf32() {
      return dtype != DataType.FLOAT || precision != Precision.FLOAT32
          ? this
          : new Product(
              dtype,
              Precision.TF32,
              batch,
              rows,
              inner,
              columns,
              transposeA,
              transposeB,
              a,
              b,
              bias,
              relu,
              addend,
              out);
    }

    /** Checks that nothing is asked for that libraries cannot do at once. */
    public Product {
      requireFloat32(dtype, precision);
      if (addend != 0 && (bias != 0 || relu)) {
        throw new IllegalArgumentException("a product with a tensor added has no bias or relu");
      }
    }
  }

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
   * A convolution or one of its gradients. Kernels lie as cuDNN has them beside images with
   * channels last: whoever asks turns those of the API, and lays zeros around an image, before.
   *
   * @param precision of what is read: all bits, or those that TF32 has
   * @param geometry with as many zeros before as after
   * @param imageShape (batch, height, width, in)
   * @param kernelShape (out, height, width, in)
   * @param outputShape (batch, height, width, out)
   * @param image the address of the image or its gradient
   * @param kernel the address of the kernel or its gradient
   * @param output the address of the output or the gradient that arrives there
   */
  record Convolution(
      ConvolutionKind kind,
      DataType dtype,
      Precision precision,
      ConvGeometry geometry,
      Shape imageShape,
      Shape kernelShape,
      Shape outputShape,
      long image,
      long kernel,
      long output)
      implements Command {

    /** The same of float32 with the bits that TF32 reads; one of another type is as it is. */
    public Convolution asTf32() {
      return dtype != DataType.FLOAT || precision != Precision.FLOAT32
          ? this
          : new Convolution(
              kind,
              dtype,
              Precision.TF32,
              geometry,
              imageShape,
              kernelShape,
              outputShape,
              image,
              kernel,
              output);
    }

    /** Checks that shapes and padding are such. */
    public Convolution {
      requireFloat32(dtype, precision);
      if (precision == Precision.BF16) {
        throw new IllegalArgumentException("cuDNN would round what comes out to bfloat16, too");
      }
      boolean fits =
          geometry.isSymmetric()
              && imageShape.size(0) == outputShape.size(0)
              && kernelShape.size(3) == imageShape.size(3)
              && kernelShape.size(0) == outputShape.size(3)
              && geometry.outputHeight(imageShape.size(1), kernelShape.size(1))
                  == outputShape.size(1)
              && geometry.outputWidth(imageShape.size(2), kernelShape.size(2))
                  == outputShape.size(2);
      if (!fits) {
        throw new IllegalArgumentException(
            "no convolution of "
                + imageShape
                + " by (out, height, width, in) = "
                + kernelShape
                + " to "
                + outputShape
                + " with as many zeros on both sides: "
                + geometry);
      }
    }
  }

  /** A copy within the card's memory. */
  record Copy(long from, long to, long bytes) implements Command {}
}
