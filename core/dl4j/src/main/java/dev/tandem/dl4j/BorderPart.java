package dev.tandem.dl4j;

import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.UpSampling2D;
import dev.tandem.core.layer.ZeroPadding2D;
import java.util.List;
import java.util.function.Supplier;

/** Padding, cropping and repeated pixels. */
record BorderPart(String becomes, Supplier<Layer> layer) implements Part {

  static BorderPart padding(Section conf) {
    int[] b = conf.integers("padding", 4, 0);
    return new BorderPart("ZeroPadding2D", () -> ZeroPadding2D.of(b[0], b[1], b[2], b[3]));
  }

  static BorderPart cropping(Section conf) {
    int[] b = conf.integers("cropping", 4, 0);
    return new BorderPart("Cropping2D", () -> Cropping2D.of(b[0], b[1], b[2], b[3]));
  }

  static BorderPart upsampling(Section conf) {
    int[] size = conf.integers("size", 2, 1);
    return new BorderPart("UpSampling2D", () -> UpSampling2D.size(size[0], size[1]));
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.IMAGE);
    return new Flow(site.main(layer.get()).apply(x.tensor()), Form.IMAGE, x.atLeastZero());
  }
}
