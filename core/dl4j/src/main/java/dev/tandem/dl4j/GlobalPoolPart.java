package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.GlobalMaxPooling2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.Tensors;
import java.util.List;

/** Pooling over all places of an image, or all steps of a sequence. */
record GlobalPoolPart(String pool, boolean collapse) implements Part {

  /** Places of images and steps of sequences, with channels first or last. */
  private static final List<List<Integer>> PLACES =
      List.of(List.of(2, 3), List.of(1, 2), List.of(2), List.of(1));

  static GlobalPoolPart of(Section conf) {
    String pool = conf.text("poolingType", "MAX");
    if (!List.of("MAX", "AVG", "SUM").contains(pool)) {
      conf.problem("pools by " + pool + "; there are MAX, AVG and SUM");
    }
    List<Integer> over = conf.integers("poolingDimensions");
    if (!over.isEmpty() && !PLACES.contains(over)) {
      conf.problem("pools over the dimensions " + over + "; there are all places and all steps");
    }
    return new GlobalPoolPart(pool, conf.flag("collapseDimensions", true));
  }

  @Override
  public String becomes() {
    return pool.equals("MAX") ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.IMAGE, Form.SEQUENCE);
    SymbolicTensor image = x.tensor();
    if (x.form() == Form.SEQUENCE) {
      image = site.helper("as_image", Reshape.of(x.size(1), 1, x.size(2))).apply(image);
    }
    Layer layer = pool.equals("MAX") ? GlobalMaxPooling2D.of() : GlobalAveragePooling2D.of();
    SymbolicTensor y = site.main(layer).apply(image);
    if (pool.equals("SUM")) {
      y = Tensors.scale(y, (double) x.size(1) * (x.form() == Form.IMAGE ? x.size(2) : 1));
    }
    if (collapse || x.form() == Form.SEQUENCE) {
      return new Flow(y, Form.ROW, x.atLeastZero());
    }
    y = site.helper("keep_axes", Reshape.of(1, 1, x.size(3))).apply(y);
    return new Flow(y, Form.IMAGE, x.atLeastZero());
  }
}
