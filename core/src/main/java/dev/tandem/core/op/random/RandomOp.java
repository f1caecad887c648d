package dev.tandem.core.op.random;

import dev.tandem.core.op.Leaf;
import dev.tandem.core.op.SameDiffContext;
import java.util.function.Consumer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers that are new in each step and a function of (seed, step, stream) alone. They are made by
 * {@link CounterRandom}, the same for every engine: in SameDiff such an op is a placeholder that is
 * fed with them.
 */
public sealed interface RandomOp extends Leaf permits RandomUniform, RandomNormal {

  /** Tells the random ops of one graph apart. */
  int stream();

  /** Fills one array of this op's spec with the numbers of a step, again and again. */
  Consumer<CounterRandom> filler(INDArray array);

  /** The name of the placeholder in SameDiff. */
  default String label() {
    return opName() + "_" + stream();
  }

  @Override
  default SDVariable define(SameDiffContext e) {
    return e.sd().placeHolder(label(), spec().dtype(), spec().shape().toArray());
  }
}
