package dev.tandem.core.worker;

import dev.tandem.core.op.Variable;
import java.util.List;

/** What takes the means of variables over all workers, step after step, where their values lie. */
@FunctionalInterface
public interface VariableMeans {

  /**
   * Replaces values by their means over all workers, as {@link Workers#mean} does. If it fails, no
   * variable has changed.
   *
   * @param variables of float32 and float64
   * @param others numbers beside them, of which means are taken, too
   * @param samples what this worker's values count by, at least 1
   * @throws WorkerException if another worker failed, or has another number of numbers
   */
  void take(List<Variable> variables, double[] others, long samples);
}
