package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** 1 where a &gt; b, else 0, in the type of the inputs. No gradient. */
public record Greater() implements BinaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).gt(e.in(1)).castTo(e.specs().get(0).dtype());
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(null, null);
  }
}
