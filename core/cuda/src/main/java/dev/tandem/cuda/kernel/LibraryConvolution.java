package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution by the card's library. It takes as many zeros before as after, and kernels (out,
 * height, width, in): others are laid out so before, and back behind.
 */
final class LibraryConvolution implements CudaChoice {

  private final ConvCall conv;
  private final ConvGeometry geometry;
  private final Shape image;
  private final boolean turns;
  private final boolean pads;

  LibraryConvolution(ConvCall conv) {
    this.conv = conv;
    ConvGeometry even = even(conv);
    this.pads = !even.isSymmetric();
    this.geometry = pads ? even.unpadded() : even;
    this.image = pads ? even.padded(conv.image()) : conv.image();
    this.turns = rows() > 1 && conv.kernel().size(3) > 1;
  }

  /** The walk with as many zeros on both sides, if that makes the same outputs. */
  private static ConvGeometry even(ConvCall conv) {
    ConvGeometry g = conv.geometry();
    ConvGeometry even =
        new ConvGeometry(
            g.strideHeight(),
            g.strideWidth(),
            g.top(),
            g.top(),
            g.left(),
            g.left(),
            g.dilationHeight(),
            g.dilationWidth());
    boolean same =
        even.outputHeight(conv.image().size(1), conv.kernel().size(0)) == conv.output().size(1)
            && even.outputWidth(conv.image().size(2), conv.kernel().size(1))
                == conv.output().size(2);
    return same ? even : g;
  }

  /** The kernel as a matrix: (height · width · in, out). */
  private long rows() {
    Shape kernel = conv.kernel();
    return kernel.size(0) * kernel.size(1) * kernel.size(2);
  }

  private Shape turned() {
    Shape k = conv.kernel();
    return Shape.of(k.size(3), k.size(0), k.size(1), k.size(2));
  }

  @Override
  public List<TensorSpec> scratch() {
    List<TensorSpec> scratch = new ArrayList<>();
    if (turns) {
      scratch.add(new TensorSpec(turned(), conv.dtype()));
    }
    if (pads) {
      scratch.add(new TensorSpec(image, conv.dtype()));
    }
    return scratch;
  }

  @Override
  public List<Command> commands(Places places) {
    List<Command> commands = new ArrayList<>();
    ConvolutionKind kind = conv.kind();
    long image =
        switch (kind) {
          case OUTPUT, KERNEL_GRADIENT -> places.in(0);
          case IMAGE_GRADIENT -> places.out();
        };
    long kernel =
        switch (kind) {
          case OUTPUT -> places.in(1);
          case IMAGE_GRADIENT -> places.in(0);
          case KERNEL_GRADIENT -> places.out();
        };
    long output = kind == ConvolutionKind.OUTPUT ? places.out() : places.in(1);
    long usedKernel = turns ? places.scratch(0) : kernel;
    long usedImage = pads ? places.scratch(turns ? 1 : 0) : image;
    if (pads && kind != ConvolutionKind.IMAGE_GRADIENT) {
      KernelText pad = Layouts.pad(conv.dtype(), conv.image(), this.image, conv.geometry());
      commands.add(new Command.Launch(pad, ImmutableList.of(image, usedImage)));
    }
    if (turns && kind != ConvolutionKind.KERNEL_GRADIENT) {
      KernelText turn = Layouts.transpose(conv.dtype(), rows(), conv.kernel().size(3));
      commands.add(new Command.Launch(turn, ImmutableList.of(kernel, usedKernel)));
    }
    commands.add(
        new Command.Convolution(
            kind,
            conv.dtype(),
            Precision.FLOAT32,
            geometry,
            this.image,
            turned(),
            conv.output(),
            usedImage,
            usedKernel,
            output));
    if (turns && kind == ConvolutionKind.KERNEL_GRADIENT) {
      KernelText turn = Layouts.transpose(conv.dtype(), conv.kernel().size(3), rows());
      commands.add(new Command.Launch(turn, ImmutableList.of(usedKernel, kernel)));
    }
    if (pads && kind == ConvolutionKind.IMAGE_GRADIENT) {
      KernelText crop = Layouts.crop(conv.dtype(), conv.image(), this.image, conv.geometry());
      commands.add(new Command.Launch(crop, ImmutableList.of(usedImage, image)));
    }
    return commands;
  }
}
