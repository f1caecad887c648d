package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The SameDiff graph in which an op writes its meaning.
 *
 * @param sd the graph to write into
 * @param inputs the op's inputs there
 * @param specs of the inputs: SameDiff itself does not know shapes before it runs
 */
public record SameDiffContext(SameDiff sd, List<SDVariable> inputs, List<TensorSpec> specs) {

  /** An input. */
  public SDVariable in(int index) {
    return inputs.get(index);
  }

  /** An input whose numbers are multiplied and added up: bfloat16 as float32. */
  public SDVariable operand(int index) {
    TensorSpec spec = specs.get(index);
    TensorSpec sums = Precision.sums(spec);
    return sums.equals(spec) ? in(index) : in(index).castTo(sums.dtype());
  }

  /** The shape of an input. */
  public Shape shape(int index) {
    return specs.get(index).shape();
  }
}
