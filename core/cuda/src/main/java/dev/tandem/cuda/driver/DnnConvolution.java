package dev.tandem.cuda.driver;

import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** A convolution or one of its gradients by cuDNN, by the first of its deterministic algorithms. */
@SuppressWarnings("deprecation") // cuDNN's other way to convolutions has no list of algorithms
final class DnnConvolution implements CudaStep {

  private final Handles handles;
  private final Command.Convolution command;
  private final Scope scope = new Scope();
  private final cudnnTensorStruct image = new cudnnTensorStruct();
  private final cudnnTensorStruct output = new cudnnTensorStruct();
  private final cudnnFilterStruct kernel = new cudnnFilterStruct();
  private final cudnnConvolutionStruct way = new cudnnConvolutionStruct();
  private final Pointer one;
  private final Pointer zero;
  private final DnnAlgorithm algorithm;

  DnnConvolution(Handles handles, Command.Convolution command) {
    this.handles = handles;
    this.command = command;
    boolean isDouble = command.dtype() == DataType.DOUBLE;
    try {
      this.one = scope.add(isDouble ? new DoublePointer(1.0) : new FloatPointer(1f));
      this.zero = scope.add(isDouble ? new DoublePointer(0.0) : new FloatPointer(0f));
      describe(isDouble ? cudnn.CUDNN_DATA_DOUBLE : cudnn.CUDNN_DATA_FLOAT);
      this.algorithm =
          DnnAlgorithm.choose(handles.dnn(), command.kind(), image, kernel, way, output);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /** Whether cuDNN may be asked at all: elements, addresses of vectors, and sizes of 31 bits. */
  static boolean canBeAsked(Command.Convolution command) {
    return (command.dtype() == DataType.FLOAT || command.dtype() == DataType.DOUBLE)
        && At.alignment(command.image(), command.kernel(), command.output()) >= 16
        && isCountable(command.imageShape())
        && isCountable(command.kernelShape())
        && isCountable(command.outputShape());
  }

  private static boolean isCountable(Shape shape) {
    return shape.length() > 0 && shape.length() <= Integer.MAX_VALUE;
  }

  private void describe(int type) {
    create(
        cudnn.cudnnCreateTensorDescriptor(image), () -> cudnn.cudnnDestroyTensorDescriptor(image));
    create(
        cudnn.cudnnCreateTensorDescriptor(output),
        () -> cudnn.cudnnDestroyTensorDescriptor(output));
    create(
        cudnn.cudnnCreateFilterDescriptor(kernel),
        () -> cudnn.cudnnDestroyFilterDescriptor(kernel));
    create(
        cudnn.cudnnCreateConvolutionDescriptor(way),
        () -> cudnn.cudnnDestroyConvolutionDescriptor(way));
    set(image, type, command.imageShape());
    set(output, type, command.outputShape());
    Shape filter = command.kernelShape();
    CudaStatus.dnn(
        cudnn.cudnnSetFilter4dDescriptor(
            kernel,
            type,
            cudnn.CUDNN_TENSOR_NHWC,
            (int) filter.size(0),
            (int) filter.size(3),
            (int) filter.size(1),
            (int) filter.size(2)),
        "cudnnSetFilter4dDescriptor of " + filter);
    ConvGeometry geometry = command.geometry();
    CudaStatus.dnn(
        cudnn.cudnnSetConvolution2dDescriptor(
            way,
            geometry.top(),
            geometry.left(),
            geometry.strideHeight(),
            geometry.strideWidth(),
            geometry.dilationHeight(),
            geometry.dilationWidth(),
            cudnn.CUDNN_CROSS_CORRELATION,
            type),
        "cudnnSetConvolution2dDescriptor of " + geometry);
    int arithmetic =
        command.precision() == Precision.TF32 ? cudnn.CUDNN_DEFAULT_MATH : cudnn.CUDNN_FMA_MATH;
    CudaStatus.dnn(
        cudnn.cudnnSetConvolutionMathType(way, arithmetic), "cudnnSetConvolutionMathType");
  }

  private void create(int status, Runnable destruction) {
    CudaStatus.dnn(status, "cudnnCreate…Descriptor");
    scope.onClose(destruction);
  }

  private static void set(cudnnTensorStruct tensor, int type, Shape shape) {
    CudaStatus.dnn(
        cudnn.cudnnSetTensor4dDescriptor(
            tensor,
            cudnn.CUDNN_TENSOR_NHWC,
            type,
            (int) shape.size(0),
            (int) shape.size(3),
            (int) shape.size(1),
            (int) shape.size(2)),
        "cudnnSetTensor4dDescriptor of " + shape);
  }

  /** Whether cuDNN has a deterministic algorithm for it. */
  boolean isThere() {
    return algorithm.isThere();
  }

  @Override
  public String label() {
    return "convolution, "
        + command.kind()
        + " of "
        + command.imageShape()
        + " by "
        + command.kernelShape();
  }

  @Override
  public long workspace() {
    return algorithm.workspace();
  }

  @Override
  public void ask(long workspace) {
    Pointer scratch = workspace == 0 ? new BytePointer() : new At(workspace);
    Pointer images = new At(command.image());
    Pointer kernels = new At(command.kernel());
    Pointer outputs = new At(command.output());
    int status =
        switch (command.kind()) {
          case OUTPUT ->
              cudnn.cudnnConvolutionForward(
                  handles.dnn(),
                  one,
                  image,
                  images,
                  kernel,
                  kernels,
                  way,
                  algorithm.number(),
                  scratch,
                  algorithm.workspace(),
                  zero,
                  output,
                  outputs);
          case IMAGE_GRADIENT ->
              cudnn.cudnnConvolutionBackwardData(
                  handles.dnn(),
                  one,
                  kernel,
                  kernels,
                  output,
                  outputs,
                  way,
                  algorithm.number(),
                  scratch,
                  algorithm.workspace(),
                  zero,
                  image,
                  images);
          case KERNEL_GRADIENT ->
              cudnn.cudnnConvolutionBackwardFilter(
                  handles.dnn(),
                  one,
                  image,
                  images,
                  output,
                  outputs,
                  way,
                  algorithm.number(),
                  scratch,
                  algorithm.workspace(),
                  zero,
                  kernel,
                  kernels);
        };
    CudaStatus.dnn(status, "cuDNN's " + label());
  }

  @Override
  public void close() {
    scope.close();
  }
}
