package dev.tandem.core.samediff;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;

/**
 * A graph written into one SameDiff, composites as their parts. Ops lie in name scopes after who
 * drew them, so that they cannot take the names of feeds.
 *
 * @param sd the SameDiff graph
 * @param graph what was written, after expansion
 * @param variables the SameDiff variable of each value
 */
record Emission(SameDiff sd, OpGraph graph, ImmutableMap<Value, SDVariable> variables) {

  /** What reads of variables become. */
  enum Reads {
    /** Variables that hold the very arrays of the graph's variables. */
    SHARED,
    /** Constants: copies of what the variables hold now. */
    FIXED
  }

  static Emission of(OpGraph source, Reads reads) {
    OpGraph graph = Expansion.of(source, call -> false);
    SameDiff sd = SameDiff.create();
    sd.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), true);
    Map<Value, SDVariable> variables =
        graph.interpret(
            (call, inputs) -> inScope(sd, call, () -> express(sd, call, inputs, reads)));
    return new Emission(sd, graph, ImmutableMap.copyOf(variables));
  }

  private static List<SDVariable> express(
      SameDiff sd, OpCall call, List<SDVariable> inputs, Reads reads) {
    if (call.op() instanceof Read read && reads == Reads.FIXED) {
      String name = sd.generateNewVarName(read.variable().name(), 0, false);
      return List.of(sd.constant(name, read.variable().read().dup('c')));
    }
    List<TensorSpec> specs = call.inputs().stream().map(Value::spec).toList();
    return ((Primitive) call.op()).express(new SameDiffContext(sd, inputs, specs));
  }

  /** Only placeholders lie in no scope: whatever they are named, nothing else is named so. */
  private static List<SDVariable> inScope(
      SameDiff sd, OpCall call, Supplier<List<SDVariable>> write) {
    if (call.op() instanceof Feed || call.op() instanceof RandomOp) {
      return write.get();
    }
    String origin = call.origin().isEmpty() ? "ops" : call.origin();
    NameScope scope = sd.withNameScope(call.op() instanceof Read ? "weights" : origin);
    try {
      return write.get();
    } finally {
      scope.close();
    }
  }

  /** The SameDiff name of a value. */
  String name(Value value) {
    return Objects.requireNonNull(variables.get(value)).name();
  }
}
