package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.train.Trainer;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;

/** A task as trainers or predictors of this library take it. */
public interface TandemWorkload extends Workload {

  /** The trainers that a step calls, by what they train; none for predictions. */
  ImmutableMap<String, Trainer> trainers();

  /** Builds nets, data and trainers. */
  static TandemWorkload of(Task task, Engine engine, Precision precision) {
    if (task.isGan()) {
      return new TandemGan(GanTask.of(task), engine, precision);
    }
    return task.predicts()
        ? new TandemPredictions(task, engine, precision)
        : new TandemNet(NetTask.of(task), engine, precision);
  }
}
