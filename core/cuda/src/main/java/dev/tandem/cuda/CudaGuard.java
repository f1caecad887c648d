package dev.tandem.cuda;

import dev.tandem.core.op.Guard;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.cuda.memory.GuardFlag;
import dev.tandem.cuda.memory.Guarding;
import dev.tandem.cuda.memory.Mirrors;
import org.jspecify.annotations.Nullable;

/** A guard on a card: a word that kernels raise, and that others look at before they write. */
final class CudaGuard implements Guard {

  private final CudaEngine engine;
  private final GuardFlag flag;

  CudaGuard(CudaEngine engine, Mirrors mirrors) {
    this.engine = engine;
    this.flag = new GuardFlag(mirrors);
  }

  @Override
  public LookedProgram looked(OpGraph graph, Precision precision, Look look) {
    return engine.prepare(graph, precision, new Guarding(flag, look));
  }

  @Override
  public Program behind(OpGraph graph) {
    return engine.prepare(graph, Precision.FLOAT32, new Guarding(flag, null));
  }

  @Override
  public void release() {
    flag.set(false);
  }

  @Override
  public void beforeReads(@Nullable Runnable listener) {
    flag.beforeReads(listener);
  }
}
