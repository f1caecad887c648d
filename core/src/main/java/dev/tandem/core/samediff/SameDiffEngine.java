package dev.tandem.core.samediff;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;

/** Runs graphs by SameDiff's own session: the meaning of every op, without any cleverness. */
public final class SameDiffEngine implements Engine {

  /** The name for command lines. */
  public static final String NAME = "samediff";

  @Override
  public Program prepare(OpGraph graph) {
    Backend.require();
    return SameDiffProgram.of(graph);
  }

  @Override
  public String toString() {
    return "SAMEDIFF";
  }
}
