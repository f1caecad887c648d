package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Variable;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One graph run by a plan and by SameDiff, which must agree. */
final class EngineComparison {

  private final OpGraph graph;
  private final Map<String, INDArray> feeds = new LinkedHashMap<>();
  private Engine engine = new PlanEngine();
  private int steps = 1;
  private double tolerance = 2e-5;

  private EngineComparison(OpGraph graph) {
    this.graph = graph;
  }

  static EngineComparison of(OpGraph graph) {
    return new EngineComparison(graph);
  }

  /** Another engine in the plan's place. */
  EngineComparison on(Engine other) {
    engine = other;
    return this;
  }

  EngineComparison feed(String name, INDArray values) {
    feeds.put(name, values);
    return this;
  }

  EngineComparison feeds(Map<String, INDArray> values) {
    feeds.putAll(values);
    return this;
  }

  /** How many runs follow each other. */
  EngineComparison steps(int number) {
    steps = number;
    return this;
  }

  /** How far they may be apart, relative to the largest number of each array. */
  EngineComparison within(double relative) {
    tolerance = relative;
    return this;
  }

  /** Random values for every feed. */
  EngineComparison feedRandomly() {
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Feed feed) {
        feeds.put(feed.label(), Samples.random(feed.spec(), feed.label().hashCode()));
      }
    }
    return this;
  }

  /** Runs both and compares outputs and variables after each step. */
  void agree() {
    Map<Variable, INDArray> first = variables();
    Map<String, INDArray> expected = run(new SameDiffEngine());
    first.forEach(Variable::set);
    Map<String, INDArray> actual = run(engine);
    first.forEach(Variable::set);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertClose(name, actual.get(name), values));
  }

  private Map<Variable, INDArray> variables() {
    Set<Variable> all = new LinkedHashSet<>();
    graph.assignments().forEach(assignment -> all.add(assignment.target()));
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Read read) {
        all.add(read.variable());
      }
    }
    Map<Variable, INDArray> values = new LinkedHashMap<>();
    all.forEach(variable -> values.put(variable, variable.array().dup('c')));
    return values;
  }

  private Map<String, INDArray> run(Engine with) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    try (Program program = with.prepare(graph)) {
      feeds.forEach(program::feed);
      for (int step = 0; step < steps; step++) {
        program.run(7, step);
        for (String name : graph.outputs().keySet()) {
          results.put(name + " in step " + step, program.output(name).dup('c'));
        }
        for (OpGraph.Assignment assignment : graph.assignments()) {
          results.put(
              "variable " + assignment.target().name() + " after step " + step,
              assignment.target().array().dup('c'));
        }
      }
    }
    return results;
  }

  private void assertClose(String name, INDArray actual, INDArray expected) {
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    assertThat(actual.dataType()).as(name).isEqualTo(expected.dataType());
    double[] a = actual.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] e = expected.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double largest = 1e-3;
    for (double value : e) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    for (int i = 0; i < e.length; i++) {
      if (Double.isFinite(e[i])) {
        assertThat(a[i])
            .as("%s, element %d", name, i)
            .isCloseTo(e[i], org.assertj.core.data.Offset.offset(tolerance * largest));
      } else {
        assertThat(a[i]).as("%s, element %d", name, i).isEqualTo(e[i]);
      }
    }
  }
}
