package dev.tandem.core.op.array;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.SimpleOp;

/** An op that reads or writes rows of a table by indices. */
public interface TableOp extends SimpleOp {

  /** Which of its inputs are the indices. */
  int indices();

  /** How many rows the table of a call has: indices lie in [0, rows). */
  long rows(OpCall call);
}
