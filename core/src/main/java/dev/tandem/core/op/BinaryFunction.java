package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** An elementwise function of two inputs of one type, without settings; inputs broadcast. */
public enum BinaryFunction implements BinaryOp {
  /** a + b. */
  ADD(SDVariable::add, back -> List.of(back.upstream(), back.upstream())),

  /** a - b. */
  SUBTRACT(SDVariable::sub, back -> List.of(back.upstream(), back.ops().negate(back.upstream()))),

  /** a · b. */
  MULTIPLY(
      SDVariable::mul,
      back ->
          List.of(
              back.ops().multiply(back.upstream(), back.input(1)),
              back.ops().multiply(back.upstream(), back.input(0)))),

  /** a / b. */
  DIVIDE(SDVariable::div, BinaryFunction::quotient),

  /** The larger of a and b, NaN where either is; where they are equal the gradient goes to a. */
  MAXIMUM(
      (a, b) -> a.getSameDiff().math().max(a, b).add(NanMark.of(a)).add(NanMark.of(b)),
      back -> chosen(back, back.input(1), back.input(0))),

  /** The smaller of a and b, NaN where either is; where they are equal the gradient goes to a. */
  MINIMUM(
      (a, b) -> a.getSameDiff().math().min(a, b).add(NanMark.of(a)).add(NanMark.of(b)),
      back -> chosen(back, back.input(0), back.input(1))),

  /** 1 where a &gt; b, else 0, in the type of the inputs. No gradient. */
  GREATER((a, b) -> a.gt(b), null),

  /** 1 where a = b, else 0, in the type of the inputs. No gradient. */
  EQUAL((a, b) -> a.eq(b), null);

  /** The gradients at both inputs of a call, of the shape of its output. */
  private interface Rule {
    List<Value> gradients(VjpContext back);
  }

  private final BinaryOperator<SDVariable> definition;
  private final @Nullable Rule rule;

  BinaryFunction(BinaryOperator<SDVariable> definition, @Nullable Rule rule) {
    this.definition = definition;
    this.rule = rule;
  }

  private static List<Value> quotient(VjpContext back) {
    Ops ops = back.ops();
    Value first = ops.divide(back.upstream(), back.input(1));
    return List.of(first, ops.negate(ops.multiply(first, back.output())));
  }

  /** The gradient goes to the second input where one value is greater than another. */
  private static List<Value> chosen(VjpContext back, Value greater, Value other) {
    Ops ops = back.ops();
    Value second = ops.multiply(back.upstream(), ops.greater(greater, other));
    return List.of(ops.subtract(back.upstream(), second), second);
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
    SDVariable result = definition.apply(e.in(0), e.in(1));
    return rule == null ? result.castTo(e.specs().get(0).dtype()) : result;
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    if (rule == null) {
      return Arrays.asList(null, null);
    }
    List<Value> gradients = rule.gradients(back);
    return List.of(
        back.ops().sumTo(gradients.get(0), back.input(0).shape()),
        back.ops().sumTo(gradients.get(1), back.input(1).shape()));
  }

  /** As records write themselves, in listings: {@code Add[]}. */
  @Override
  public String toString() {
    return name().charAt(0) + opName().substring(1) + "[]";
  }
}
