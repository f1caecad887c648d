package dev.tandem.cuda.device;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.KernelText;
import java.util.function.LongUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/** One thing that a card does. Addresses are of its own memory. */
public sealed interface Command {

  /** What it reads and writes. */
  ImmutableList<Access> accesses();

  /** The same on other memory. */
  Command moved(LongUnaryOperator addresses);

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
   * @param lengths how many elements lie at each of them; what lies at one that is not const may be
   *     written. A parameter {@code const void *} is a number, and no address
   * @param besides what it reads and writes by addresses that it finds in memory
   */
  record Launch(
      KernelText kernel,
      ImmutableList<Long> addresses,
      ImmutableList<Long> lengths,
      ImmutableList<Access> besides)
      implements Command {

    /** A parameter that is a number. */
    public static final String NUMBER = "const void *";

    /** A kernel that reads and writes what it gets addresses of. */
    public Launch(KernelText kernel, ImmutableList<Long> addresses, ImmutableList<Long> lengths) {
      this(kernel, addresses, lengths, ImmutableList.of());
    }

    /** Checks that there is an argument for each parameter. */
    public Launch {
      if (addresses.size() != kernel.parameters().size()) {
        throw new IllegalArgumentException(
            kernel.label() + " takes " + kernel.parameters() + ", not " + addresses.size());
      } else if (lengths.size() != addresses.size()) {
        throw new IllegalArgumentException(
            kernel.label() + " has " + addresses.size() + " addresses, lengths " + lengths);
      }
    }

    private boolean isAddress(int parameter) {
      return !kernel.parameters().get(parameter).equals(NUMBER);
    }

    @Override
    public ImmutableList<Access> accesses() {
      ImmutableList.Builder<Access> all = ImmutableList.builder();
      for (int i = 0; i < addresses.size(); i++) {
        if (isAddress(i)) {
          String parameter = kernel.parameters().get(i);
          long bytes = lengths.get(i) * CType.bytes(parameter);
          all.add(new Access(addresses.get(i), bytes, !parameter.startsWith("const ")));
        }
      }
      return all.addAll(besides).build();
    }

    @Override
    public Launch moved(LongUnaryOperator addressOf) {
      ImmutableList.Builder<Long> all = ImmutableList.builder();
      for (int i = 0; i < addresses.size(); i++) {
        long address = addresses.get(i);
        all.add(isAddress(i) ? addressOf.applyAsLong(address) : address);
      }
      return new Launch(kernel, all.build(), lengths, besides);
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

    @Override
    public ImmutableList<Access> accesses() {
      int width = dtype.width();
      int operand = operands().width();
      ImmutableList.Builder<Access> all = ImmutableList.builder();
      all.add(new Access(a, batch * rows * inner * operand, false));
      all.add(new Access(b, batch * inner * columns * operand, false));
      if (bias != 0) {
        all.add(new Access(bias, columns * width, false));
      }
      if (addend != 0) {
        all.add(new Access(addend, batch * rows * columns * width, false));
      }
      return all.add(new Access(out, batch * rows * columns * width, true)).build();
    }

    @Override
    public Product moved(LongUnaryOperator addresses) {
      return new Product(
          dtype,
          precision,
          batch,
          rows,
          inner,
          columns,
          transposeA,
          transposeB,
          addresses.applyAsLong(a),
          addresses.applyAsLong(b),
          bias == 0 ? 0 : addresses.applyAsLong(bias),
          relu,
          addend == 0 ? 0 : addresses.applyAsLong(addend),
          addresses.applyAsLong(out));
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

    @Override
    public ImmutableList<Access> accesses() {
      return ImmutableList.of(
          access(image, imageShape, kind == ConvolutionKind.IMAGE_GRADIENT),
          access(kernel, kernelShape, kind == ConvolutionKind.KERNEL_GRADIENT),
          access(output, outputShape, kind == ConvolutionKind.OUTPUT));
    }

    private Access access(long address, Shape shape, boolean written) {
      return new Access(address, shape.length() * dtype.width(), written);
    }

    @Override
    public Convolution moved(LongUnaryOperator addresses) {
      return new Convolution(
          kind,
          dtype,
          precision,
          geometry,
          imageShape,
          kernelShape,
          outputShape,
          addresses.applyAsLong(image),
          addresses.applyAsLong(kernel),
          addresses.applyAsLong(output));
    }
  }

  /** A copy within the card's memory. */
  record Copy(long from, long to, long bytes) implements Command {

    @Override
    public ImmutableList<Access> accesses() {
      return ImmutableList.of(new Access(from, bytes, false), new Access(to, bytes, true));
    }

    @Override
    public Copy moved(LongUnaryOperator addresses) {
      return new Copy(addresses.applyAsLong(from), addresses.applyAsLong(to), bytes);
    }
  }
}
