package dev.tandem.core;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Each engine, for tests that are run with all of them. */
public final class EveryEngine {

  private EveryEngine() {}

  /** The engines of this module, with their defaults; in another module that module's alone. */
  public static Stream<Engine> all() {
    List<Engine> others =
        ServiceLoader.load(TestedEngine.class).stream()
            .map(tested -> tested.get().engine())
            .toList();
    return others.isEmpty() ? Stream.of(new PlanEngine(), new SameDiffEngine()) : others.stream();
  }
}
