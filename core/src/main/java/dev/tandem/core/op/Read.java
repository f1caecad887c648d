package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The value that a variable holds when a run begins.
 *
 * @param variable compared by identity
 */
public record Read(Variable variable) implements Leaf {

  @Override
  public TensorSpec spec() {
    return variable.spec();
  }

  /** The variable's own array, to which SameDiff keeps the reference, under a name of its own. */
  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().var(e.sd().generateNewVarName(variable.name(), 0, false), variable.array());
  }

  @Override
  public String toString() {
    return "read \"" + variable.name() + "\"";
  }
}
