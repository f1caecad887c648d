package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** a + b. */
public record Add() implements BinaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).add(e.in(1));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Value g = back.upstream();
    return List.of(
        back.ops().sumTo(g, back.input(0).shape()), back.ops().sumTo(g, back.input(1).shape()));
  }
}
