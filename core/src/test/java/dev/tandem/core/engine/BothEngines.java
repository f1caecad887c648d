package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * SameDiff's engine and that of plans, which must agree: each run is done by both, from the same
 * variables, and all outputs and variables are compared. What is told is the plan's.
 */
public final class BothEngines implements Engine {

  private static final double FLOAT_TOLERANCE = 2e-5;
  private static final double DOUBLE_TOLERANCE = 1e-11;

  @Override
  public Program prepare(OpGraph graph) {
    return new Pair(new SameDiffEngine().prepare(graph), new PlanEngine().prepare(graph));
  }

  private record Pair(Program reference, Program plan) implements Program {

    @Override
    public OpGraph graph() {
      return plan.graph();
    }

    @Override
    public void feed(String name, INDArray values) {
      reference.feed(name, values);
      plan.feed(name, values);
    }

    @Override
    public void feed(String name, double value) {
      reference.feed(name, value);
      plan.feed(name, value);
    }

    @Override
    public void run(long seed, long step) {
      Map<Variable, INDArray> before = variables();
      reference.run(seed, step);
      Map<Variable, INDArray> expected = variables();
      before.forEach(Variable::set);
      plan.run(seed, step);
      variables().forEach((at, actual) -> assertClose(at.name(), actual, expected.get(at)));
      for (String name : graph().outputs().keySet()) {
        assertClose(name, plan.output(name), reference.output(name));
      }
    }

    private Map<Variable, INDArray> variables() {
      Map<Variable, INDArray> values = new LinkedHashMap<>();
      graph().assignments().forEach(a -> values.put(a.target(), a.target().array().dup('c')));
      return values;
    }

    private static void assertClose(String name, INDArray actual, INDArray expected) {
      assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
      assertThat(actual.dataType()).as(name).isEqualTo(expected.dataType());
      double[] numbers = numbers(expected);
      double largest = 1;
      for (double number : numbers) {
        largest = Double.isFinite(number) ? Math.max(largest, Math.abs(number)) : largest;
      }
      double relative = expected.dataType() == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
      assertThat(numbers(actual))
          .as("%s by a plan, and by SameDiff", name)
          .containsExactly(numbers, within(relative * largest));
    }

    private static double[] numbers(INDArray array) {
      return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    @Override
    public INDArray output(String name) {
      return plan.output(name);
    }

    @Override
    public double scalar(String name) {
      return plan.scalar(name);
    }

    @Override
    public Optional<OpCall> findNonFinite(long seed, long step) {
      return plan.findNonFinite(seed, step);
    }

    @Override
    public void close() {
      reference.close();
      plan.close();
    }
  }
}
