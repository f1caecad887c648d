package dev.tandem.dl4j;

import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The inputs of a net: from what is said of them, or else from the layers that read them. */
final class InputShapes {

  private static final Set<String> PASSING =
      Set.of("ActivationLayer", "DropoutLayer", "ScaleVertex", "ShiftVertex", "ElementWiseVertex");
  private static final Set<String> IMAGES =
      Set.of(
          "ConvolutionLayer",
          "Convolution2D",
          "Deconvolution2D",
          "DepthwiseConvolution2D",
          "SeparableConvolution2D",
          "SubsamplingLayer",
          "ZeroPaddingLayer",
          "Cropping2D",
          "Upsampling2D");

  private final Net net;
  private final Map<String, Shape> given;
  private final Problems problems;

  InputShapes(Net net, Map<String, Shape> given, Problems problems) {
    this.net = net;
    this.given = given;
    this.problems = problems;
    for (String name : given.keySet()) {
      if (!net.inputs().contains(name)) {
        problems.add(
            "input \"" + name + "\"", "there is none of this name; there are " + net.inputs());
      }
    }
  }

  /** The input of a name, as a flow; null with a problem if its shape is not known. */
  @Nullable Flow of(String name) {
    Step reader = reader(name);
    String type = reader == null ? "" : inner(reader).type();
    Shape shape = given.get(name);
    boolean integers = type.startsWith("Embedding");
    if (shape == null) {
      shape = reader == null ? null : found(reader, type);
    }
    if (shape == null) {
      problems.add("input \"" + name + "\"", unknown(name, reader, type));
      return null;
    }
    if (integers && shape.equals(Shape.of(1)) && type.equals("EmbeddingLayer")) {
      shape = Shape.scalar();
    }
    DataType dtype = integers ? DataType.INT32 : net.dataType();
    return Flow.of(Input.of(name, shape, dtype), form(shape, integers));
  }

  private static Form form(Shape shape, boolean integers) {
    if (integers) {
      return Form.INTEGERS;
    }
    return switch (shape.rank()) {
      case 2 -> Form.SEQUENCE;
      case 3 -> Form.IMAGE;
      default -> Form.ROW;
    };
  }

  /** The first step behind an input that is particular about its shape. */
  private @Nullable Step reader(String name) {
    Set<String> same = new LinkedHashSet<>(Set.of(name));
    for (Step step : net.steps()) {
      if (step.inputs().stream().anyMatch(same::contains)) {
        if (step.preProcessor() != null || !PASSING.contains(step.conf().type())) {
          return step;
        }
        same.add(step.name());
      }
    }
    return null;
  }

  private static Section inner(Step step) {
    boolean wrapped = step.conf().type().equals("LastTimeStep");
    return wrapped ? step.conf().section("underlying") : step.conf();
  }

  private @Nullable Shape found(Step reader, String type) {
    Section before =
        reader.conf().type().equals("PreprocessorVertex")
            ? reader.conf().section("preProcessor")
            : reader.preProcessor();
    if (before != null && before.type().contains("Cnn")) {
      List<Integer> size = PreProcessorPart.sizes(before);
      return before.type().startsWith("FeedForward")
          ? Shape.of((long) size.get(0) * size.get(1) * size.get(2))
          : Shape.of(size.get(0), size.get(1), size.get(2));
    }
    if (before != null) {
      return null;
    }
    Section conf = inner(reader);
    return switch (type) {
      case "DenseLayer", "OutputLayer", "CenterLossOutputLayer", "AutoEncoder" ->
          Shape.of(conf.size("nin"));
      case "EmbeddingLayer" -> Shape.scalar();
      case "EmbeddingSequenceLayer" ->
          conf.integer("inputLength", 0) > 0 ? Shape.of(conf.size("inputLength")) : null;
      default -> null;
    };
  }

  private static String unknown(String name, @Nullable Step reader, String type) {
    int in = reader == null ? 1 : inner(reader).integer("nin", 1);
    String rule;
    String example;
    if (IMAGES.contains(type)) {
      rule = "the file does not say how high and wide its images are";
      example = "28, 28, " + in;
    } else if (type.equals("LSTM")) {
      rule = "the file does not say how many steps its sequences have";
      example = "20, " + in;
    } else if (type.startsWith("Embedding")) {
      rule = "the file does not say how many numbers a sample has";
      example = "20";
    } else {
      rule = "the file does not say its shape";
      example = "28, 28, 1";
    }
    return rule
        + "; say it, channels or features last, as in Dl4jFile.of(path).input(\""
        + name
        + "\", "
        + example
        + ").read()";
  }
}
