package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** A primitive op with one output. */
public interface SimpleOp extends Primitive {

  /** The spec of the output. */
  TensorSpec output(List<TensorSpec> inputs);

  /** The output as a SameDiff expression. */
  SDVariable define(SameDiffContext e);

  @Override
  default List<TensorSpec> infer(List<TensorSpec> inputs) {
    return List.of(output(inputs));
  }

  @Override
  default List<SDVariable> express(SameDiffContext e) {
    return List.of(define(e));
  }
}
