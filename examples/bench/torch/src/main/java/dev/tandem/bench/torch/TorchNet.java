package dev.tandem.bench.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A chain of libtorch's modules and functions, with their parameters. */
final class TorchNet {

  private static final float SLOPE = 0.2f;

  private final Layout layout;
  private final Scalar slope = new Scalar(SLOPE);
  private final List<UnaryOperator<Tensor>> steps = new ArrayList<>();
  private final List<Tensor> parameters = new ArrayList<>();
  private final TensorVector vector = new TensorVector();
  // Java's side of the modules must outlive the functions that call them.
  private final List<Module> modules = new ArrayList<>();

  TorchNet(Layout layout) {
    this.layout = layout;
  }

  private TorchNet add(Module module, UnaryOperator<Tensor> step) {
    modules.add(module);
    TensorVector own = module.parameters();
    for (long i = 0; i < own.size(); i++) {
      // The vector's element dies with the vector; a handle of its own does not.
      Tensor parameter = new Tensor(own.get(i));
      parameters.add(parameter);
      vector.push_back(parameter);
    }
    return then(step);
  }

  private TorchNet then(UnaryOperator<Tensor> step) {
    steps.add(step);
    return this;
  }

  TorchNet linear(long in, long out) {
    LinearImpl linear = new LinearImpl(in, out);
    return add(linear, linear::forward);
  }

  TorchNet conv(long in, long out, long kernel, long stride, long padding) {
    Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(kernel, kernel));
    options.stride().put(new long[] {stride, stride});
    options.padding().put(new LongPointer(padding, padding));
    Conv2dImpl conv = new Conv2dImpl(options);
    return add(conv, conv::forward);
  }

  /** A transposed convolution to twice the height and width. */
  TorchNet up(long in, long out) {
    ConvTranspose2dOptions options = new ConvTranspose2dOptions(in, out, new LongPointer(4, 4));
    options.stride().put(new long[] {2, 2});
    options.padding().put(new long[] {1, 1});
    ConvTranspose2dImpl conv = new ConvTranspose2dImpl(options);
    return add(conv, x -> conv.forward(x));
  }

  TorchNet norm(long channels) {
    BatchNorm2dImpl norm = new BatchNorm2dImpl(new BatchNormOptions(channels));
    norm.train(true);
    return add(norm, norm::forward);
  }

  TorchNet relu() {
    return then(torch::relu);
  }

  TorchNet leakyRelu() {
    return then(x -> torch.leaky_relu(x, slope));
  }

  TorchNet tanh() {
    return then(torch::tanh);
  }

  /** Rows as images. */
  TorchNet image(long channels, long size) {
    return then(x -> layout.image(x.view(-1, channels, size, size)));
  }

  /** Images as rows. */
  TorchNet flat(long length) {
    return then(x -> x.reshape(-1, length));
  }

  Tensor apply(Tensor x) {
    Tensor y = x;
    for (UnaryOperator<Tensor> step : steps) {
      y = step.apply(y);
    }
    return y;
  }

  /** Whether the parameters get gradients. */
  void requiresGradient(boolean required) {
    parameters.forEach(parameter -> parameter.requires_grad_(required));
  }

  /** The parameters, for an optimizer. */
  TensorVector parameters() {
    return vector;
  }

  /** The parameters' values, one behind the other. */
  float[] values() {
    int length = parameters.stream().mapToInt(parameter -> (int) parameter.numel()).sum();
    float[] values = new float[length];
    int start = 0;
    for (Tensor parameter : parameters) {
      int size = (int) parameter.numel();
      new FloatPointer(parameter.data_ptr()).get(values, start, size);
      start += size;
    }
    return values;
  }
}
