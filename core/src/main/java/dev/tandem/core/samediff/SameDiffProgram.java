package dev.tandem.core.samediff;

import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.RandomOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph run by SameDiff's session. */
final class SameDiffProgram implements Program {

  private final OpGraph source;
  private final Emission emission;
  private final Map<String, INDArray> feeds = new HashMap<>();
  private final Map<String, INDArray> outputs = new HashMap<>();
  private final List<RandomOp> randoms = new ArrayList<>();

  SameDiffProgram(OpGraph source) {
    this.source = source;
    this.emission = Emission.of(source);
    for (OpCall call : source.calls()) {
      if (call.op() instanceof Feed feed) {
        feeds.put(feed.label(), empty(feed.spec()));
      } else if (call.op() instanceof RandomOp random) {
        randoms.add(random);
      }
    }
    for (OpCall call : emission.graph().calls()) {
      if (call.op() instanceof RandomOp random) {
        feeds.put(random.label(), empty(random.spec()));
      }
    }
    source.outputs().forEach((name, value) -> outputs.put(name, empty(value.spec())));
  }

  private static INDArray empty(TensorSpec spec) {
    return Nd4j.createUninitialized(spec.dtype(), spec.shape().toArray(), 'c');
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
    INDArray feed = feeds.get(name);
    if (feed == null) {
      throw new IllegalArgumentException("there is no feed \"" + name + "\"");
    }
    feed.assign(value);
  }

  @Override
  public void run(long seed, long step) {
    Map<Value, INDArray> values = compute(seed, step, wanted());
    emission
        .graph()
        .outputs()
        .forEach((name, value) -> outputs.get(name).assign(values.get(value)));
    emission.graph().assignments().forEach(a -> a.target().array().assign(values.get(a.value())));
  }

  private List<Value> wanted() {
    List<Value> wanted = new ArrayList<>(emission.graph().outputs().values());
    emission.graph().assignments().forEach(a -> wanted.add(a.value()));
    return wanted;
  }

  private Map<Value, INDArray> compute(long seed, long step, List<Value> wanted) {
    for (OpCall call : emission.graph().calls()) {
      if (call.op() instanceof RandomOp random) {
        random.fill(CounterRandom.of(seed, step, random.stream()), feeds.get(random.label()));
      }
    }
    String[] names = wanted.stream().map(emission::name).distinct().toArray(String[]::new);
    Map<String, INDArray> results =
        names.length == 0 ? Map.of() : emission.sd().output(feeds, names);
    Map<Value, INDArray> values = new HashMap<>();
    wanted.forEach(value -> values.put(value, results.get(emission.name(value))));
    return values;
  }

  @Override
  public INDArray output(String name) {
    return outputs.get(name);
  }

  @Override
  public double scalar(String name) {
    return outputs.get(name).getDouble(0);
  }

  @Override
  public Optional<OpCall> findNonFinite(long seed, long step) {
    List<Value> all = new ArrayList<>();
    for (OpCall call : emission.graph().calls()) {
      all.addAll(call.outputs());
    }
    Map<Value, INDArray> values = compute(seed, step, all);
    return emission.graph().calls().stream()
        .filter(call -> call.outputs().stream().anyMatch(v -> !isFinite(values.get(v))))
        .findFirst();
  }

  private static boolean isFinite(INDArray array) {
    if (array == null || !array.dataType().isFPType()) {
      return true;
    }
    double sum = array.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).sumNumber().doubleValue();
    return Double.isFinite(sum);
  }

  @Override
  public void close() {
    feeds.values().forEach(INDArray::close);
    outputs.values().forEach(INDArray::close);
  }
}
