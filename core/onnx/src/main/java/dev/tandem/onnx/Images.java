package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.image.UpSample2D;
import dev.tandem.core.op.norm.GroupNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import onnx.Onnx.AttributeProto;

/** Ops on images, which ONNX has with channels first. */
final class Images {

  private static final ImmutableSet<Class<?>> KINDS =
      ImmutableSet.of(
          Conv2DOp.class,
          Conv2DInputGradient.class,
          DepthwiseConv2DOp.class,
          MaxPool2D.class,
          AvgPool2D.class,
          UpSample2D.class,
          GroupNorm.class);

  private Images() {}

  static void register(ImmutableMap.Builder<Object, Converter> all) {
    all.put(Conv2DOp.class, Images::convolution);
    all.put(DepthwiseConv2DOp.class, Images::depthwise);
    all.put(Conv2DInputGradient.class, Images::transposed);
    all.put(MaxPool2D.class, Images::maxPool);
    all.put(AvgPool2D.class, Images::avgPool);
    all.put(UpSample2D.class, Images::upSample);
  }

  /** Whether a call takes images with their channels first. */
  static boolean wantsFirst(OpCall call) {
    return KINDS.contains(call.op().getClass());
  }

  private static void convolution(OpCall call, NetWriter net) {
    ConvGeometry geometry = ((Conv2DOp) call.op()).geometry();
    Value kernel = call.inputs().get(1);
    List<Long> turned = turned(kernel, List.of(3, 2, 0, 1));
    String weights = kernel(call, net, kernel, List.of(3, 2, 0, 1), turned);
    write(call, net, "Conv", call.inputs().get(0), weights, walk(geometry, kernel, 1));
  }

  /** Channel by channel: as many groups as channels. */
  private static void depthwise(OpCall call, NetWriter net) {
    ConvGeometry geometry = ((DepthwiseConv2DOp) call.op()).geometry();
    Value kernel = call.inputs().get(1);
    long channels = kernel.shape().size(2);
    List<Long> turned =
        List.of(
            channels * kernel.shape().size(3), 1L, kernel.shape().size(0), kernel.shape().size(1));
    String weights = kernel(call, net, kernel, List.of(2, 3, 0, 1), turned);
    write(call, net, "Conv", call.inputs().get(0), weights, walk(geometry, kernel, channels));
  }

  /** Rows that no kernel reaches lie at the end, as ONNX's output padding does. */
  private static void transposed(OpCall call, NetWriter net) {
    Conv2DInputGradient op = (Conv2DInputGradient) call.op();
    ConvGeometry geometry = op.geometry();
    Value kernel = call.inputs().get(0);
    Value x = call.inputs().get(1);
    long bottom =
        span(
                x.shape().size(1),
                geometry.strideHeight(),
                kernel.shape().size(0),
                geometry.dilationHeight())
            - geometry.top()
            - op.image().size(1);
    long right =
        span(
                x.shape().size(2),
                geometry.strideWidth(),
                kernel.shape().size(1),
                geometry.dilationWidth())
            - geometry.left()
            - op.image().size(2);
    List<AttributeProto> settings =
        List.of(
            Attributes.integers("kernel_shape", kernel.shape().size(0), kernel.shape().size(1)),
            Attributes.integers("strides", geometry.strideHeight(), geometry.strideWidth()),
            Attributes.integers("dilations", geometry.dilationHeight(), geometry.dilationWidth()),
            Attributes.integers(
                "pads", geometry.top(), geometry.left(), Math.max(0, bottom), Math.max(0, right)),
            Attributes.integers("output_padding", Math.max(0, -bottom), Math.max(0, -right)));
    String weights =
        kernel(call, net, kernel, List.of(3, 2, 0, 1), turned(kernel, List.of(3, 2, 0, 1)));
    write(call, net, "ConvTranspose", x, weights, settings);
  }

  private static long span(long size, int stride, long kernel, int dilation) {
    return (size - 1) * stride + (kernel - 1) * dilation + 1;
  }

  private static List<Long> turned(Value kernel, List<Integer> axes) {
    return axes.stream().map(axis -> kernel.shape().size(axis)).toList();
  }

  /** A kernel (height, width, in, out) in the order that ONNX wants. */
  private static String kernel(
      OpCall call, NetWriter net, Value kernel, List<Integer> axes, List<Long> shape) {
    if (net.isConstant(kernel)) {
      return net.fixed().of(kernel, axes, shape);
    }
    String turned =
        net.node("Transpose", call, List.of(net.get(kernel)), Attributes.integers("perm", axes));
    return net.node("Reshape", call, List.of(turned, net.fixed().integers(shape)));
  }

  private static List<AttributeProto> walk(ConvGeometry geometry, Value kernel, long groups) {
    return List.of(
        Attributes.integers("kernel_shape", kernel.shape().size(0), kernel.shape().size(1)),
        Attributes.integers("strides", geometry.strideHeight(), geometry.strideWidth()),
        Attributes.integers("dilations", geometry.dilationHeight(), geometry.dilationWidth()),
        pads(geometry),
        Attributes.integer("group", groups));
  }

  private static AttributeProto pads(ConvGeometry geometry) {
    return Attributes.integers(
        "pads", geometry.top(), geometry.left(), geometry.bottom(), geometry.right());
  }

  /** A convolution, with the bias that alone reads it. */
  private static void write(
      OpCall call,
      NetWriter net,
      String type,
      Value x,
      String weights,
      List<AttributeProto> settings) {
    List<String> inputs = new ArrayList<>(List.of(net.get(x, Layout.FIRST), weights));
    Optional<Bias> bias = Bias.of(call, net);
    bias.ifPresent(found -> inputs.add(net.get(found.value())));
    String name = net.node(type, call, inputs, settings.toArray(AttributeProto[]::new));
    net.put(bias.map(Bias::result).orElse(call.outputs().get(0)), Layout.FIRST, name);
    bias.ifPresent(found -> net.done(found.call()));
  }

  private static void maxPool(OpCall call, NetWriter net) {
    pool(call, net, "MaxPool", ((MaxPool2D) call.op()).window(), List.of());
  }

  private static void avgPool(OpCall call, NetWriter net) {
    AvgPool2D op = (AvgPool2D) call.op();
    pool(
        call,
        net,
        "AveragePool",
        op.window(),
        List.of(Attributes.integer("count_include_pad", op.countPadding() ? 1 : 0)));
  }

  private static void pool(
      OpCall call, NetWriter net, String type, PoolWindow window, List<AttributeProto> more) {
    ConvGeometry geometry = window.geometry();
    List<AttributeProto> settings =
        new ArrayList<>(
            List.of(
                Attributes.integers("kernel_shape", window.height(), window.width()),
                Attributes.integers("strides", geometry.strideHeight(), geometry.strideWidth()),
                pads(geometry)));
    settings.addAll(more);
    String x = net.get(call.inputs().get(0), Layout.FIRST);
    net.put(
        call.outputs().get(0),
        Layout.FIRST,
        net.node(type, call, List.of(x), settings.toArray(AttributeProto[]::new)));
  }

  private static void upSample(OpCall call, NetWriter net) {
    UpSample2D op = (UpSample2D) call.op();
    String x = net.get(call.inputs().get(0), Layout.FIRST);
    String scales = net.fixed().reals(1, 1, op.factorHeight(), op.factorWidth());
    net.put(
        call.outputs().get(0),
        Layout.FIRST,
        net.node(
            "Resize",
            call,
            List.of(x, "", scales),
            Attributes.text("mode", "nearest"),
            Attributes.text("coordinate_transformation_mode", "asymmetric"),
            Attributes.text("nearest_mode", "floor")));
  }
}
