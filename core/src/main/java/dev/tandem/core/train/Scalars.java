package dev.tandem.core.train;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of an optimizer that change from step to step, for slots of one age. */
final class Scalars {

  private final UpdateRule rule;
  private final Optimizer optimizer;
  private final String suffix;
  private final long start;
  private final double[] numbers;
  private final Map<DataType, List<Value>> values = new HashMap<>();

  /** Names of the scalar feeds, a list for each number: one feed for each type of weight. */
  private final List<List<String>> feeds = new ArrayList<>();

  /**
   * Numbers that are fed nowhere yet.
   *
   * @param number of the rule among several, for the names of feeds; nothing is added for 0
   * @param start the number of steps before the slots began
   */
  Scalars(UpdateRule rule, int number, long start) {
    this.rule = rule;
    this.optimizer = rule.optimizer();
    this.suffix =
        (start == 0 ? "" : " since step " + start) + (number == 0 ? "" : " by rule " + number);
    this.start = start;
    this.numbers = new double[optimizer.scalarNames().size()];
    optimizer.scalarNames().forEach(name -> feeds.add(new ArrayList<>()));
  }

  /** The numbers for weights of a type. */
  List<Value> of(Ops ops, DataType dtype) {
    return values.computeIfAbsent(dtype, type -> record(ops, type));
  }

  private List<Value> record(Ops ops, DataType dtype) {
    List<Value> made = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      String name = optimizer.scalarNames().get(i) + ":" + dtype + suffix;
      feeds.get(i).add(name);
      made.add(ops.feed(name, dtype));
    }
    return made;
  }

  /** The rate of a step, counted from 1, found to be finite. */
  double rate(long step, RateFactor factor) {
    double rate = rule.rate(step - 1, factor);
    if (!Double.isFinite(rate)) {
      throw new IllegalStateException(
          "the learning rate of "
              + optimizer
              + " is not a finite number in step "
              + step
              + ": "
              + rate);
    }
    return rate;
  }

  /**
   * Gives them to a program.
   *
   * @param step of the trainer, counted from 1
   * @throws IllegalStateException if the schedule gives no finite rate for it
   */
  void feed(Program program, long step, RateFactor factor) {
    double rate = rate(step, factor);
    optimizer.scalars(step, step - start, rate, numbers);
    for (int i = 0; i < numbers.length; i++) {
      List<String> names = feeds.get(i);
      for (int k = 0; k < names.size(); k++) {
        program.feed(names.get(k), numbers[i]);
      }
    }
  }
}
