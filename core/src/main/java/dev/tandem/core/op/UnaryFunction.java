package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** An elementwise function of one input, without settings. */
public enum UnaryFunction implements UnaryOp {
  /** The absolute value; its slope at 0 is 0. */
  ABS(
      x -> x.getSameDiff().math().abs(x),
      back -> back.ops().multiply(back.upstream(), back.ops().sign(back.input(0)))),

  /** The error function. */
  ERF(x -> x.getSameDiff().math().erf(x), UnaryFunction::bell),

  /** e to the x. */
  EXP(
      x -> x.getSameDiff().math().exp(x),
      back -> back.ops().multiply(back.upstream(), back.output())),

  /** The natural logarithm. */
  LOG(
      x -> x.getSameDiff().math().log(x),
      back -> back.ops().divide(back.upstream(), back.input(0))),

  /** log(1 + x), exact near 0. */
  LOG1P(
      x -> x.getSameDiff().math().log1p(x),
      back -> back.ops().divide(back.upstream(), back.ops().shift(back.input(0), 1))),

  /** -1, 0 or 1. No gradient. */
  SIGN(x -> x.getSameDiff().math().sign(x), back -> null),

  /** The square root. */
  SQRT(
      x -> x.getSameDiff().math().sqrt(x),
      back -> back.ops().divide(back.ops().scale(back.upstream(), 0.5), back.output())),

  /** x times itself. */
  SQUARE(
      x -> x.getSameDiff().math().square(x),
      back -> back.ops().multiply(back.ops().scale(back.upstream(), 2), back.input(0))),

  /** 1 where x &gt; 0, else 0. No gradient. */
  STEP(x -> x.getSameDiff().math().step(x, 0.0), back -> null);

  /** The gradient at the input of a call. */
  private interface Rule {
    @Nullable Value gradient(VjpContext back);
  }

  private final UnaryOperator<SDVariable> definition;
  private final Rule rule;

  UnaryFunction(UnaryOperator<SDVariable> definition, Rule rule) {
    this.definition = definition;
    this.rule = rule;
  }

  private static Value bell(VjpContext back) {
    Ops ops = back.ops();
    Value bell = ops.exp(ops.negate(ops.square(back.input(0))));
    return ops.multiply(back.upstream(), ops.scale(bell, 2 / Math.sqrt(Math.PI)));
  }

  @Override
  public String opName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Object kind() {
    return this;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return definition.apply(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(rule.gradient(back));
  }

  /** As records write themselves, in listings: {@code Log1p[]}. */
  @Override
  public String toString() {
    return name().charAt(0) + opName().substring(1) + "[]";
  }
}
