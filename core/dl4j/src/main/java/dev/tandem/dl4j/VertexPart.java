package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Average;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Maximum;
import dev.tandem.core.layer.Multiply;
import dev.tandem.core.layer.Permute;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.Subtract;
import dev.tandem.core.layer.Tensors;
import java.util.List;
import java.util.function.BiFunction;

/** Vertices without weights. */
record VertexPart(String becomes, BiFunction<Site, List<Flow>, Flow> drawn) implements Part {

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    return drawn.apply(site, inputs);
  }

  static VertexPart merge(Section conf, boolean channelsLast) {
    int axis = conf.integer("mergeAxis", 1);
    return new VertexPart(
        "Concatenate",
        (site, inputs) -> {
          List<Flow> all = inputs.stream().map(site::rows).toList();
          Flow first = all.get(0);
          if (all.size() == 1) {
            return first;
          }
          int here = VertexAxes.of(first.form(), axis, channelsLast);
          if (here < 0) {
            throw site.reject("merges along axis " + axis + " of " + first.form());
          }
          boolean atLeastZero = all.stream().allMatch(Flow::atLeastZero);
          SymbolicTensor y = site.main(Concatenate.axis(here)).applyAll(tensors(all)).get(0);
          return new Flow(y, first.form(), atLeastZero);
        });
  }

  static VertexPart elementWise(Section conf) {
    String op = conf.text("op", "");
    if (!List.of("Add", "Subtract", "Product", "Average", "Max").contains(op)) {
      conf.problem("computes " + op + "; there are Add, Subtract, Product, Average and Max");
    }
    return new VertexPart(
        op.equals("Product") ? "Multiply" : op.equals("Max") ? "Maximum" : op,
        (site, inputs) -> {
          if (inputs.size() == 1) {
            return inputs.get(0);
          }
          boolean flat = inputs.stream().allMatch(each -> each.form() == Form.FLAT_IMAGE);
          List<Flow> all = flat ? inputs : inputs.stream().map(site::rows).toList();
          boolean atLeastZero = all.stream().allMatch(Flow::atLeastZero) && !op.equals("Subtract");
          SymbolicTensor y = site.main(layer(op)).applyAll(tensors(all)).get(0);
          return new Flow(y, all.get(0).form(), atLeastZero);
        });
  }

  private static Layer layer(String op) {
    return switch (op) {
      case "Subtract" -> Subtract.of();
      case "Product" -> Multiply.of();
      case "Average" -> Average.of();
      case "Max" -> Maximum.of();
      default -> Add.of();
    };
  }

  private static List<SymbolicTensor> tensors(List<Flow> flows) {
    return flows.stream().map(Flow::tensor).toList();
  }

  static VertexPart scale(Section conf) {
    double factor = conf.number("scaleFactor", 1);
    return new VertexPart(
        "Tensors.scale",
        (site, inputs) -> inputs.get(0).with(Tensors.scale(inputs.get(0).tensor(), factor)));
  }

  static VertexPart shift(Section conf) {
    double term = conf.number("shiftFactor", 0);
    return new VertexPart(
        "Tensors.shift",
        (site, inputs) -> inputs.get(0).with(Tensors.shift(inputs.get(0).tensor(), term)));
  }

  /** The distance of two rows. */
  static VertexPart distance(Section conf) {
    double epsilon = conf.number("eps", 1e-8);
    return new VertexPart(
        "Subtract, Tensors.norm",
        (site, inputs) -> {
          Flow a = site.rows(inputs.get(0));
          Flow b = site.rows(inputs.get(1));
          SymbolicTensor difference = site.main(Subtract.of()).apply(a.tensor(), b.tensor());
          SymbolicTensor norm = Tensors.norm(difference, epsilon);
          return Flow.of(site.helper("as_row", Reshape.of(1)).apply(norm), Form.ROW);
        });
  }

  /** Features, or channels, from one number to another. */
  static VertexPart subset(Section conf) {
    int from = conf.integer("from");
    int to = conf.integer("to");
    if (from < 0 || to < from) {
      conf.problem("takes features from " + from + " to " + to);
    }
    return new VertexPart(
        "Cropping2D",
        (site, inputs) -> {
          Flow x = site.rows(inputs.get(0));
          int rank = x.tensor().spec().shape().rank();
          int features = x.size(rank - 1);
          if (to >= features) {
            throw site.reject("takes features up to " + to + " of " + features);
          }
          int places = 1;
          for (int axis = 1; axis < rank - 1; axis++) {
            places *= x.size(axis);
          }
          // places and features as the rows and columns of an image
          SymbolicTensor y =
              site.helper("as_image", Reshape.of(places, features, 1)).apply(x.tensor());
          y = site.main(Cropping2D.of(0, 0, from, features - 1 - to)).apply(y);
          int[] sample = new int[rank - 1];
          for (int axis = 1; axis < rank - 1; axis++) {
            sample[axis - 1] = x.size(axis);
          }
          sample[rank - 2] = to - from + 1;
          y = site.helper("as_before", Reshape.of(sample)).apply(y);
          return new Flow(y, x.form(), x.atLeastZero());
        });
  }

  /** The last step of a sequence. */
  static VertexPart lastStep(Section conf) {
    String masked = conf.text("maskArrayInputName", "");
    return new VertexPart(
        "Cropping2D",
        (site, inputs) -> {
          Flow x = site.require(inputs.get(0), Form.SEQUENCE);
          site.note("takes the last step of all, without DL4J's mask of input \"" + masked + "\"");
          int time = x.size(1);
          SymbolicTensor y =
              site.helper("as_image", Reshape.of(time, x.size(2), 1)).apply(x.tensor());
          y = site.main(Cropping2D.of(time - 1, 0, 0, 0)).apply(y);
          y = site.helper("as_row", Reshape.of(x.size(2))).apply(y);
          return new Flow(y, Form.ROW, x.atLeastZero());
        });
  }

  /** The same numbers in DL4J's order in another shape. */
  static VertexPart reshape(Section conf) {
    List<Integer> shape = conf.integers("newShape");
    boolean fits = shape.size() == 2 || shape.size() == 4;
    if (!fits || shape.subList(1, shape.size()).stream().anyMatch(size -> size < 1 && size != -1)) {
      conf.problem("makes the shape " + shape + "; there are rows and images");
    }
    return new VertexPart(
        "Reshape",
        (site, inputs) -> {
          Flow x = inputs.get(0);
          x = site.rows(x.form() == Form.IMAGE ? x.as(Form.FLAT_IMAGE) : x);
          site.require(x, Form.ROW);
          if (shape.size() == 2) {
            return x.with(site.main(Reshape.of(shape.get(1))).apply(x.tensor()));
          }
          Reshape to = Reshape.of(shape.get(1), shape.get(2), shape.get(3));
          SymbolicTensor y = site.main(to).apply(x.tensor());
          y = site.helper("to_channels_last", Permute.axes(2, 3, 1)).apply(y);
          return new Flow(y, Form.IMAGE, x.atLeastZero());
        });
  }
}
