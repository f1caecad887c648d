package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.AveragePooling2D;
import dev.tandem.core.layer.MaxPooling2D;
import java.util.List;

/** Pooling by windows: the largest or the mean. */
record PoolPart(String pool, Walk walk, boolean countsPadding) implements Part {

  static PoolPart of(Section conf) {
    Walk walk = Walk.of(conf);
    PoolPart part =
        new PoolPart(
            conf.text("poolingType", "MAX"), walk, conf.flag("avgPoolIncludePadInDivisor", false));
    if (!walk.dilation().equals(List.of(1, 1))) {
      conf.problem("has the dilation " + walk.dilation() + ", which pooling does not have here");
    }
    switch (part.pool()) {
      case "MAX" -> {}
      case "AVG" -> {
        if (walk.isPadded() && !part.countsPadding()) {
          conf.problem(
              "averages over windows with padding "
                  + walk.padding()
                  + " that is not counted; there are padding 0, mode Same and counted padding");
        }
        if (walk.same() && part.countsPadding()) {
          conf.problem(
              "averages in mode Same with the padding counted, and it is not counted here");
        }
      }
      default -> conf.problem("pools by " + part.pool() + "; there are MAX and AVG");
    }
    return part;
  }

  @Override
  public String becomes() {
    return pool.equals("MAX") ? "MaxPooling2D" : "AveragePooling2D";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.IMAGE);
    int rows = walk.kernel().get(0);
    int columns = walk.kernel().get(1);
    int down = walk.stride().get(0);
    int right = walk.stride().get(1);
    if (pool.equals("MAX")) {
      if (walk.isPadded()) {
        requireAtLeastZero(site, x);
      }
      MaxPooling2D max =
          MaxPooling2D.window(rows, columns).stride(down, right).padding(walk.mode());
      SymbolicTensor y = site.main(max).apply(walk.padded(site, x.tensor()));
      return new Flow(y, Form.IMAGE, x.atLeastZero());
    }
    AveragePooling2D mean =
        AveragePooling2D.window(rows, columns).stride(down, right).padding(walk.mode());
    SymbolicTensor y = site.main(mean).apply(walk.padded(site, x.tensor()));
    return new Flow(y, Form.IMAGE, x.atLeastZero());
  }

  private void requireAtLeastZero(Site site, Flow x) {
    if (!x.atLeastZero()) {
      throw site.reject(
          "takes the largest of windows with padding "
              + walk.padding()
              + ", which is not zeros to DL4J; behind an activation that is never negative, as"
              + " relu, with padding 0 or mode Same it can be had");
    }
    site.note("its padding is zeros here, which are never above what it reads");
  }
}
