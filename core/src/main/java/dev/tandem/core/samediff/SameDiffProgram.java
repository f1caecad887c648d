package dev.tandem.core.samediff;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.tensor.Workspaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph run by SameDiff's session. */
final class SameDiffProgram implements Program {

  private final OpGraph source;
  private final Emission emission;
  private final Session session;
  private final ImmutableMap<String, INDArray> feeds;
  private final ImmutableMap<String, INDArray> outputs;
  private final Set<Variable> variables = new LinkedHashSet<>();
  private boolean closed;

  /** The arrays SameDiff is given: the feeds that the expanded graph needs, and random numbers. */
  private final Map<String, INDArray> placeholders = new HashMap<>();

  static SameDiffProgram of(OpGraph source) {
    return Workspaces.outside(() -> new SameDiffProgram(source));
  }

  private SameDiffProgram(OpGraph source) {
    this.source = source;
    this.emission = Emission.of(source, Emission.Reads.SHARED);
    this.session = new Session(emission.sd());
    ImmutableMap.Builder<String, INDArray> feeds = ImmutableMap.builder();
    source.feeds().forEach((name, spec) -> feeds.put(name, empty(spec).assign(0)));
    this.feeds = feeds.buildOrThrow();
    ImmutableMap.Builder<String, INDArray> outputs = ImmutableMap.builder();
    source.outputs().forEach((name, value) -> outputs.put(name, empty(value.spec()).assign(0)));
    this.outputs = outputs.buildOrThrow();
    source.assignments().forEach(assignment -> variables.add(assignment.target()));
    for (OpCall call : source.calls()) {
      if (call.op() instanceof Read read) {
        variables.add(read.variable());
      }
    }
    variables.forEach(Variable::retain);
    for (OpCall call : emission.graph().calls()) {
      if (call.op() instanceof Feed feed) {
        placeholders.put(feed.label(), this.feeds.get(feed.label()));
      } else if (call.op() instanceof RandomOp random) {
        placeholders.put(random.label(), empty(random.spec()));
      }
    }
  }

  private static INDArray empty(TensorSpec spec) {
    return OwnedArrays.create(spec);
  }

  @Override
  public OpGraph graph() {
    return source;
  }

  @Override
  public void feed(String name, INDArray values) {
    Program.requireFeed(feeds.get(name), name, values).assign(values);
  }

  @Override
  public void feed(String name, double value) {
    Program.requireScalarFeed(feeds.get(name), name).assign(value);
  }

  @Override
  public void run(long seed, long step) {
    Workspaces.outside(() -> runOutside(seed, step));
  }

  private @Nullable Void runOutside(long seed, long step) {
    List<Value> wanted = new ArrayList<>(emission.graph().outputs().values());
    emission.graph().assignments().forEach(assignment -> wanted.add(assignment.value()));
    Map<Value, INDArray> values = compute(seed, step, wanted);
    emission.graph().outputs().forEach((name, value) -> output(name).assign(values.get(value)));
    List<INDArray> assigned =
        emission.graph().assignments().stream()
            .map(assignment -> unshared(assignment.value(), values))
            .toList();
    for (int i = 0; i < assigned.size(); i++) {
      emission.graph().assignments().get(i).target().write().assign(assigned.get(i));
    }
    return null;
  }

  /** The values, or a copy where they are a variable's own array, which may change meanwhile. */
  private INDArray unshared(Value value, Map<Value, INDArray> values) {
    INDArray array = Objects.requireNonNull(values.get(value));
    return isResult(value) ? array : array.dup();
  }

  private Map<Value, INDArray> compute(long seed, long step, List<Value> wanted) {
    variables.forEach(Variable::fetchMirror);
    for (OpCall call : emission.graph().calls()) {
      if (call.op() instanceof RandomOp random) {
        CounterRandom numbers = CounterRandom.of(seed, step, random.stream());
        random.filler(Objects.requireNonNull(placeholders.get(random.label()))).accept(numbers);
      }
    }
    List<String> names = wanted.stream().map(emission::name).distinct().toList();
    Map<String, INDArray> results = names.isEmpty() ? Map.of() : session.run(names, placeholders);
    Map<Value, INDArray> values = new HashMap<>();
    wanted.forEach(value -> values.put(value, results.get(emission.name(value))));
    return values;
  }

  @Override
  public INDArray output(String name) {
    INDArray output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "there is no output \"" + name + "\" among " + outputs.keySet());
    }
    return output;
  }

  @Override
  public double scalar(String name) {
    return output(name).getDouble(0);
  }

  @Override
  public Optional<OpCall> findNonFinite(long seed, long step) {
    List<Value> all = new ArrayList<>();
    emission.graph().calls().forEach(call -> all.addAll(call.outputs()));
    Map<Value, INDArray> values = compute(seed, step, all);
    return emission.graph().calls().stream()
        .filter(
            call ->
                call.outputs().stream()
                    .anyMatch(v -> !isFinite(Objects.requireNonNull(values.get(v)))))
        .findFirst();
  }

  /** Any number times 0 is 0, save NaN and the infinities. */
  private static boolean isFinite(INDArray array) {
    return !array.dataType().isFPType() || array.mul(0).sumNumber().doubleValue() == 0;
  }

  /** Whether SameDiff made an array for the value in this run. */
  private boolean isResult(Value value) {
    SDVariable variable = Objects.requireNonNull(emission.variables().get(value));
    return variable.getVariableType() == VariableType.ARRAY;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      placeholders.values().forEach(OwnedArrays::free);
      feeds.values().forEach(OwnedArrays::free);
      outputs.values().forEach(OwnedArrays::free);
      variables.forEach(Variable::release);
    }
  }
}
