package dev.tandem.gan.metric;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A net in ONNX Runtime. Only this class knows that library, which need not be there. */
final class OnnxLook implements Look {

  /** Samples of one run: images of the papers' size take 34 MB then. */
  private static final int PORTION = 32;

  private static final Set<Long> CHANNELS = Set.of(1L, 3L, 4L);

  private final String file;
  private final ImagePipeline pipeline;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final OnnxJavaType type;
  private final long[] shape;
  private final ImmutableMap<String, long[]> outputs;

  private OnnxLook(
      String file, ImagePipeline pipeline, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.file = file;
    this.pipeline = pipeline;
    this.environment = environment;
    this.session = session;
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1) {
      throw new DataFileException(
          file, "an extractor has one input, and this net has " + inputs.keySet());
    }
    this.input = inputs.keySet().iterator().next();
    TensorInfo info = tensor(input, inputs.get(input));
    this.type = info.type;
    this.shape = info.getShape();
    if (type != OnnxJavaType.FLOAT && type != OnnxJavaType.UINT8) {
      throw new DataFileException(
          file, "input \"" + input + "\" is of " + type + ", neither float32 nor uint8");
    }
    if (shape.length < 2 || shape[0] > 0) {
      throw new DataFileException(
          file,
          "input \""
              + input
              + "\" is "
              + Arrays.toString(shape)
              + ", without an open first axis for any number of samples; export it with one");
    }
    ImmutableMap.Builder<String, long[]> found = ImmutableMap.builder();
    for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
      found.put(output.getKey(), tensor(output.getKey(), output.getValue()).getShape());
    }
    this.outputs = found.buildOrThrow();
  }

  private TensorInfo tensor(String name, @Nullable NodeInfo node) {
    if (node != null && node.getInfo() instanceof TensorInfo info) {
      return info;
    }
    throw new DataFileException(file, "\"" + name + "\" is no tensor");
  }

  /**
   * Opens a file.
   *
   * @throws DataFileException if it holds no net that ONNX Runtime takes
   */
  static OnnxLook open(Path file, ImagePipeline pipeline) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      OrtSession session = environment.createSession(file.toString());
      try {
        return new OnnxLook(file.toString(), pipeline, environment, session);
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new DataFileException(
          file.toString(), "is no net that ONNX Runtime takes: " + e.getMessage(), e);
    }
  }

  /** The outputs of the net with their shapes; an open axis is −1. */
  ImmutableMap<String, long[]> outputs() {
    return outputs;
  }

  @Override
  public Map<String, INDArray> at(INDArray samples) {
    Map<String, List<INDArray>> parts = new LinkedHashMap<>();
    long count = samples.size(0);
    for (long from = 0; from < count; from += PORTION) {
      INDArray some = samples.get(NDArrayIndex.interval(from, Math.min(count, from + PORTION)));
      run(some.dup('c'), parts);
    }
    Map<String, INDArray> seen = new LinkedHashMap<>();
    parts.forEach((name, list) -> seen.put(name, Nd4j.concat(0, list.toArray(INDArray[]::new))));
    return seen;
  }

  private void run(INDArray samples, Map<String, List<INDArray>> parts) {
    try (OnnxTensor tensor = given(samples);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor made
            && made.getInfo().type == OnnxJavaType.FLOAT) {
          parts.computeIfAbsent(output.getKey(), name -> new ArrayList<>()).add(rows(made));
        }
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          file + " cannot look at samples " + Shape.of(samples.shape()) + ": " + e.getMessage(), e);
    }
  }

  /** What is behind the batch in one row: features of one place are (n, features, 1, 1) there. */
  private static INDArray rows(OnnxTensor tensor) {
    Backend.require();
    FloatBuffer numbers = tensor.getFloatBuffer();
    float[] values = new float[numbers.remaining()];
    numbers.get(values);
    long rows = Math.max(1, tensor.getInfo().getShape()[0]);
    return Nd4j.createFromArray(values).reshape('c', rows, values.length / rows);
  }

  private OnnxTensor given(INDArray samples) throws OrtException {
    float[] values = samples.castTo(DataType.FLOAT).data().asFloat();
    long[] size = samples.shape();
    if (shape.length == 4 && samples.rank() == 4) {
      NetInput from = new NetInput((int) size[1], (int) size[2], (int) size[3], false);
      NetInput to = net(from);
      values = pipeline.apply(values, (int) size[0], from, to);
      size =
          to.first()
              ? new long[] {size[0], to.channels(), to.height(), to.width()}
              : new long[] {size[0], to.height(), to.width(), to.channels()};
    } else {
      requireShape(size);
    }
    if (type == OnnxJavaType.FLOAT) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), size);
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
    }
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return OnnxTensor.createTensor(environment, direct, size, OnnxJavaType.UINT8);
  }

  private void requireShape(long[] size) {
    boolean fits = size.length == shape.length;
    for (int i = 1; fits && i < size.length; i++) {
      fits = shape[i] < 0 || shape[i] == size[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          file
              + " takes "
              + Arrays.toString(shape)
              + " as \""
              + input
              + "\", and samples are "
              + Arrays.toString(size));
    }
  }

  /** The net's images: of the size that its input names, or of the samples' own. */
  private NetInput net(NetInput samples) {
    boolean first = first();
    int channels = (int) (first ? shape[1] : shape[3]);
    int height = (int) (first ? shape[2] : shape[1]);
    int width = (int) (first ? shape[3] : shape[2]);
    NetInput net =
        new NetInput(
            height < 0 ? samples.height() : height,
            width < 0 ? samples.width() : width,
            channels < 0 ? samples.channels() : channels,
            first);
    if (net.channels() != samples.channels() && samples.channels() != 1) {
      throw new IllegalArgumentException(
          file + " looks at images of " + net + ", and samples are " + samples);
    }
    boolean same = net.height() == samples.height() && net.width() == samples.width();
    if (!same && pipeline.resizing().isEmpty()) {
      throw new IllegalArgumentException(
          file
              + " looks at images of "
              + net
              + ", and samples are "
              + samples
              + "; say how they get that size, as with ImagePipeline.pytorchFid() or"
              + " ImagePipeline.plain().resized(Resizing.BILINEAR)");
    }
    if (!pipeline.mean().isEmpty() && pipeline.mean().size() != net.channels()) {
      throw new IllegalArgumentException(
          file + " looks at images of " + net + ", and there are means " + pipeline.mean());
    }
    return net;
  }

  private boolean first() {
    if (pipeline.order().isPresent()) {
      return pipeline.order().get() == ImagePipeline.Order.CHANNELS_FIRST;
    }
    boolean first = CHANNELS.contains(shape[1]);
    boolean last = CHANNELS.contains(shape[3]);
    if (first == last) {
      throw new IllegalArgumentException(
          "where channels stand in input \""
              + input
              + "\" "
              + Arrays.toString(shape)
              + " of "
              + file
              + " is not to be seen; say it with ImagePipeline.ordered(CHANNELS_FIRST) or"
              + " ordered(CHANNELS_LAST)");
    }
    return first;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the net of " + file + " cannot be closed", e);
    }
  }
}
