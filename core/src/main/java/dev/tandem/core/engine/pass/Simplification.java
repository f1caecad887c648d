package dev.tandem.core.engine.pass;

import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.BinaryOp;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.GraphRewriter;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pass that takes out what gradients leave behind: numbers spread over whole tensors become
 * scalar arguments, elementwise ops repeat their inputs themselves, and of several scalings or
 * reshapes in a row one is left. Not while a graph is recorded: a gradient with respect to what
 * lies between two of them would find no way.
 */
final class Simplification extends GraphRewriter {

  private Simplification() {}

  static OpGraph of(OpGraph graph) {
    return new Simplification().rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    Value simple = simpler(call.op(), inputs, call.outputs().get(0));
    return simple == null ? null : List.of(simple);
  }

  private @Nullable Value simpler(Op op, List<Value> inputs, Value output) {
    Ops ops = ops();
    if (op instanceof BinaryOp) {
      return binary(op, inputs.get(0), inputs.get(1), output);
    }
    Fill fill = inputs.size() == 1 ? fill(inputs.get(0)) : null;
    if (fill == null) {
      return inRow(op, inputs);
    }
    if (op instanceof BroadcastTo || op instanceof ReshapeOp || op instanceof StopGradient) {
      return ops.fill(fill.number(), output.spec());
    }
    return op instanceof Scale scale
        ? ops.fill(fill.number() * scale.factor(), output.spec())
        : null;
  }

  /** One scaling or reshape for two. */
  private @Nullable Value inRow(Op op, List<Value> inputs) {
    if (inputs.isEmpty()) {
      return null;
    }
    Value x = inputs.get(0);
    if (op instanceof Scale scale && x.call().op() instanceof Scale) {
      return scaled(x, scale.factor());
    }
    return op instanceof ReshapeOp reshape && x.call().op() instanceof ReshapeOp
        ? ops().reshape(x.call().inputs().get(0), reshape.shape())
        : null;
  }

  private Value scaled(Value x, double factor) {
    return x.call().op() instanceof Scale inner
        ? ops().scale(x.call().inputs().get(0), inner.factor() * factor)
        : ops().scale(x, factor);
  }

  private @Nullable Value binary(Op op, Value a, Value b, Value output) {
    Ops ops = ops();
    Value withNumber = withNumber(op, a, b, output);
    if (withNumber != null) {
      return withNumber;
    }
    Value first = unrepeated(a);
    Value second = unrepeated(b);
    if (first != a && fits(op, first, b, output)) {
      return ops.one(op, first, b);
    }
    return second != b && fits(op, a, second, output) ? ops.one(op, a, second) : null;
  }

  /** An op with the same number everywhere on one side, as an op with a scalar argument. */
  private @Nullable Value withNumber(Op op, Value a, Value b, Value output) {
    Ops ops = ops();
    if (!output.dtype().isFPType()) {
      return null;
    }
    Fill right = a.spec().equals(output.spec()) ? fill(b) : null;
    if (right != null && op == BinaryFunction.MULTIPLY) {
      return scaled(a, right.number());
    } else if (right != null && op == BinaryFunction.DIVIDE && right.number() != 0) {
      return scaled(a, 1 / right.number());
    } else if (right != null && op == BinaryFunction.ADD) {
      return ops.shift(a, right.number());
    } else if (right != null && op == BinaryFunction.SUBTRACT) {
      return ops.shift(a, -right.number());
    }
    Fill left = b.spec().equals(output.spec()) ? fill(a) : null;
    if (left != null && op == BinaryFunction.MULTIPLY) {
      return scaled(b, left.number());
    }
    return left != null && op == BinaryFunction.ADD ? ops.shift(b, left.number()) : null;
  }

  private static @Nullable Fill fill(Value value) {
    return value.call().op() instanceof Fill fill ? fill : null;
  }

  private static Value unrepeated(Value value) {
    return value.call().op() instanceof BroadcastTo ? value.call().inputs().get(0) : value;
  }

  private static boolean fits(Op op, Value a, Value b, Value output) {
    return op.infer(List.of(a.spec(), b.spec())).get(0).equals(output.spec());
  }
}
