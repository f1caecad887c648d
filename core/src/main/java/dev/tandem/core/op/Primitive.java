package dev.tandem.core.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** An op whose meaning is an expression in SameDiff. */
public non-sealed interface Primitive extends Op {

  /** Writes this op into a SameDiff graph: the op's definition. */
  List<SDVariable> express(SameDiffContext e);
}
