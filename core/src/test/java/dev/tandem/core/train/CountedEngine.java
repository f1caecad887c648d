package dev.tandem.core.train;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.EngineProvider;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine as a module would bring it, that counts what it prepares. */
public final class CountedEngine implements EngineProvider {

  static final AtomicInteger PREPARED = new AtomicInteger();

  @Override
  public String name() {
    return "counted";
  }

  @Override
  public Engine engine() {
    Engine engine = new PlanEngine();
    return new Engine() {
      @Override
      public Program prepare(OpGraph graph) {
        PREPARED.incrementAndGet();
        return engine.prepare(graph);
      }
    };
  }
}
