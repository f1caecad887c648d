package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.train.Trainer;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;

/** A task as trainers of this library take it. */
public interface TandemWorkload extends Workload {

  /** The trainers that a step calls, by what they train. */
  ImmutableMap<String, Trainer> trainers();

  /** Builds nets, data and trainers. */
  static TandemWorkload of(Task task, Engine engine, Precision precision) {
    return task == Task.MLP
        ? new TandemMlp(engine, precision)
        : new TandemGan(GanTask.of(task), engine, precision);
  }
}
