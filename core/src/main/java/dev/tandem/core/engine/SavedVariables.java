package dev.tandem.core.engine;

import dev.tandem.core.op.Variable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of variables as they are now, to be brought back once. */
final class SavedVariables {

  private final List<Variable> variables;
  private final List<INDArray> values;

  SavedVariables(List<Variable> variables) {
    this.variables = variables;
    this.values = variables.stream().map(variable -> variable.read().dup('c')).toList();
  }

  /** Brings the values back and gives up the copies. */
  void restore() {
    for (int i = 0; i < values.size(); i++) {
      variables.get(i).write().assign(values.get(i));
      values.get(i).close();
    }
  }
}
