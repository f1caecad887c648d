package dev.tandem.dl4j;

import dev.tandem.core.layer.PRelu;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rectifiers with learned slopes. */
record PReluPart(List<Integer> shape, List<Integer> shared) implements Part {

  static PReluPart of(Section conf) {
    List<Integer> shape = conf.integers("inputShape");
    List<Integer> shared = conf.integers("sharedAxes");
    boolean fits =
        (shape.size() == 1 || shape.size() == 3)
            && shape.stream().allMatch(size -> size > 0)
            && shared.stream().allMatch(axis -> axis > 0 && axis <= shape.size());
    if (!fits) {
      conf.problem(
          "has slopes for inputs of shape "
              + shape
              + ", shared along "
              + shared
              + "; there are those of rows and images");
      return new PReluPart(List.of(1), List.of());
    }
    return new PReluPart(shape, shared);
  }

  @Override
  public List<Param> params() {
    long[] sizes = new long[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shared.contains(i + 1) ? 1 : shape.get(i);
    }
    return List.of(new Param("W", 'f', sizes));
  }

  @Override
  public String becomes() {
    return "PRelu";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    boolean image = shape.size() == 3;
    Flow x = image ? inputs.get(0) : site.rows(inputs.get(0));
    site.require(x, image ? Form.IMAGE : Form.ROW);
    List<Integer> axes = new ArrayList<>();
    for (int axis : shared) {
      axes.add(image ? VertexAxes.ofImage(axis, false) : axis);
    }
    PRelu layer = PRelu.of();
    if (!axes.isEmpty()) {
      layer = layer.sharedAxes(axes.stream().mapToInt(axis -> axis).toArray());
    }
    layer = site.main(layer);
    Flow y = x.with(layer.apply(x.tensor()));
    INDArray slopes = site.array("W");
    site.fill(layer, "alpha", image ? slopes.permute(1, 2, 0) : slopes);
    return y;
  }
}
