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
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
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
    return conv(in, out, kernel, stride, padding, true);
  }

  TorchNet conv(long in, long out, long kernel, long stride, long padding, boolean bias) {
    Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(kernel, kernel));
    options.bias().put(bias);
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

  TorchNet layerNorm(long width) {
    LayerNormImpl norm = new LayerNormImpl(new LongVector(new long[] {width}));
    return add(norm, norm::forward);
  }

  /** Rows of a table for whole numbers. */
  TorchNet embedding(long rows, long width) {
    EmbeddingImpl embedding = new EmbeddingImpl(rows, width);
    return add(embedding, embedding::forward);
  }

  /** A row of a table for each place, added. */
  TorchNet places(long length, long width) {
    EmbeddingImpl table = new EmbeddingImpl(length, width);
    Tensor places = torch.arange(new Scalar(length), new TensorOptions(torch.ScalarType.Long));
    return add(table, x -> x.add(table.forward(places)));
  }

  /** An LSTM over (batch, steps, in): its last output. */
  TorchNet lastOfLstm(long in, long units) {
    LSTMOptions options = new LSTMOptions(in, units);
    options.batch_first().put(true);
    LSTMImpl lstm = new LSTMImpl(options);
    return add(lstm, x -> lstm.forward(x).get0().select(1, -1));
  }

  /** Causal attention of (batch, steps, width) on itself, by its one fused function. */
  TorchNet causalAttention(long heads, long width) {
    long[] split = {0, 0, 3, heads, width / heads};
    TorchNet in = new TorchNet(layout).linear(width, 3 * width);
    TorchNet out = new TorchNet(layout).linear(width, width);
    return take(in)
        .take(out)
        .then(
            x -> {
              long[] shape = split.clone();
              shape[0] = x.size(0);
              shape[1] = x.size(1);
              Tensor all = in.apply(x).view(shape).permute(2, 0, 3, 1, 4);
              Tensor seen =
                  torch.scaled_dot_product_attention(
                      all.select(0, 0),
                      all.select(0, 1),
                      all.select(0, 2),
                      new TensorOptional(),
                      0,
                      true,
                      new DoubleOptional(),
                      false);
              return out.apply(seen.transpose(1, 2).reshape(shape[0], shape[1], width));
            });
  }

  /** A net beside a shortcut, their sum. */
  TorchNet besideShortcut(TorchNet net) {
    return take(net).then(x -> x.add(net.apply(x)));
  }

  /** Two nets beside each other, their sum. */
  TorchNet beside(TorchNet one, TorchNet other) {
    return take(one).take(other).then(x -> one.apply(x).add(other.apply(x)));
  }

  /** Another net's parameters become this one's, too. */
  private TorchNet take(TorchNet other) {
    modules.addAll(other.modules);
    for (Tensor parameter : other.parameters) {
      parameters.add(parameter);
      vector.push_back(parameter);
    }
    return this;
  }

  /** The mean of each channel's image. */
  TorchNet means() {
    return then(x -> x.mean(2, 3));
  }

  TorchNet gelu() {
    return then(torch::gelu);
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

  /** From now on norms go by their running statistics. */
  TorchNet evaluating() {
    modules.forEach(module -> module.train(false));
    return this;
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
