package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Permute;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where one step is drawn: names, flags, and the arrays that its weights are filled with. */
final class Site {

  /** An array of the file by the name of its parameter. */
  interface Numbers {
    INDArray get(String name);
  }

  /** A weight and what it is filled with. */
  record Filling(Weight weight, INDArray values) {}

  private final Step step;
  private final Set<String> names;
  private final Numbers arrays;
  private final List<Filling> fillings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Site(Step step, Set<String> names, Numbers arrays) {
    this.step = step;
    this.names = names;
    this.arrays = arrays;
  }

  /** The layer that stands for the step: of its name, frozen if it is. */
  <L extends Layer> L main(L layer) {
    return flagged(named(layer, step.name()));
  }

  /** A layer that DL4J has no name for. */
  <L extends Layer> L helper(String what, L layer) {
    String first = step.name() + "_" + what;
    String name = first;
    for (int i = 1; !names.add(name); i++) {
      name = first + "_" + i;
    }
    return flagged(named(layer, name));
  }

  @SuppressWarnings("unchecked") // a copy of the same class
  private static <L extends Layer> L named(L layer, String name) {
    return (L) layer.named(name);
  }

  private <L extends Layer> L flagged(L layer) {
    layer.setTrainable(!step.frozen());
    return layer;
  }

  /** A parameter of the step as DL4J holds it. */
  INDArray array(String name) {
    return arrays.get(name);
  }

  /** Fills a weight when all is drawn. */
  void fill(Layer layer, String weight, INDArray values) {
    fillings.add(new Filling(layer.weight(weight), values));
  }

  List<Filling> fillings() {
    return fillings;
  }

  /** A sentence for the report. */
  void note(String text) {
    notes.add("\"" + step.name() + "\": " + text);
  }

  List<String> notes() {
    return notes;
  }

  /** An error of shapes, which show when the step is drawn. */
  IllegalArgumentException reject(String problem) {
    return new IllegalArgumentException(problem);
  }

  /** Refuses inputs of another form. */
  Flow require(Flow flow, Form... forms) {
    if (!List.of(forms).contains(flow.form())) {
      throw reject(
          "reads "
              + String.join(" or ", Arrays.stream(forms).map(Form::toString).toList())
              + ", and gets "
              + flow.form()
              + " "
              + flow.tensor().spec().shape());
    }
    return flow;
  }

  /** The flow as DL4J's rows where it is a flattened image, its channels before its places. */
  Flow rows(Flow flow) {
    if (flow.form() != Form.FLAT_IMAGE) {
      return flow;
    }
    SymbolicTensor x = flow.tensor();
    if (!isInOrder(flow)) {
      x = helper("to_channels_first", Permute.axes(3, 1, 2)).apply(x);
    }
    return new Flow(helper("flatten", Flatten.of()).apply(x), Form.ROW, flow.atLeastZero());
  }

  /** Whether the numbers of an image lie in DL4J's order anyway. */
  static boolean isInOrder(Flow image) {
    return image.size(3) == 1 || image.size(1) == 1 && image.size(2) == 1;
  }

  /** DL4J's rows as an image. */
  Flow image(Flow row, int height, int width, int channels) {
    SymbolicTensor x = row.tensor();
    if (channels == 1 || height == 1 && width == 1) {
      x = helper("to_image", Reshape.of(height, width, channels)).apply(x);
    } else {
      x = helper("to_image", Reshape.of(channels, height, width)).apply(x);
      x = helper("to_channels_last", Permute.axes(2, 3, 1)).apply(x);
    }
    return new Flow(x, Form.IMAGE, row.atLeastZero());
  }
}
