package dev.tandem.core.op.samediff;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A piece of SameDiff code: writes a function of some variables into a graph. */
@FunctionalInterface
public interface SameDiffCode {

  /**
   * Writes the function. It is called several times, also within one graph, and has to write the
   * same each time; names given to variables are made unique by a name scope. Shapes of the inputs
   * are not known to SameDiff here.
   *
   * @param sd the graph to write into
   * @param inputs variables of that graph
   * @return the function's value, a variable of that graph
   */
  SDVariable write(SameDiff sd, List<SDVariable> inputs);
}
