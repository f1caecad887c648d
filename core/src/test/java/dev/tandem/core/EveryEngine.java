package dev.tandem.core;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.stream.Stream;

/** Each engine, for tests that are run with all of them. */
public final class EveryEngine {

  private EveryEngine() {}

  /** The engines, with their defaults. */
  public static Stream<Engine> all() {
    return Stream.of(new PlanEngine(), new SameDiffEngine());
  }
}
