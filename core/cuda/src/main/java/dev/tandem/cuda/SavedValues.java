package dev.tandem.cuda;

import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of variables as they are now, to be brought back once. */
final class SavedValues {

  private record Saved(Variable variable, INDArray values) {}

  private final List<Saved> saved = new ArrayList<>();

  SavedValues(List<Variable> variables) {
    variables.forEach(one -> saved.add(new Saved(one, one.read().dup('c'))));
  }

  /** Brings the values back and gives up the copies. */
  void restore() {
    for (Saved one : saved) {
      one.variable().arrayToFill().assign(one.values());
      one.values().close();
    }
  }
}
