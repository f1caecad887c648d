package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.EngineProvider;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Engines by name, for command lines: {@code cpu}, a {@link PlanEngine}; {@code samediff}, a {@link
 * SameDiffEngine}; and those of {@link EngineProvider}s on the class path.
 */
public final class Engines {

  private Engines() {}

  /**
   * A new engine with its defaults.
   *
   * @param name in any case
   * @throws IllegalArgumentException if there is none of this name; says which there are
   */
  public static Engine named(String name) {
    Map<String, Supplier<Engine>> all = all();
    Supplier<Engine> engine = all.get(String.valueOf(name).strip().toLowerCase(Locale.ROOT));
    if (engine == null) {
      throw new IllegalArgumentException(
          "there is no engine \""
              + name
              + "\"; there are "
              + String.join(", ", all.keySet())
              + "; others are found when their module is on the class path");
    }
    return engine.get();
  }

  /** The names there are. */
  public static ImmutableList<String> names() {
    return ImmutableList.copyOf(all().keySet());
  }

  private static Map<String, Supplier<Engine>> all() {
    Map<String, Supplier<Engine>> engines = new LinkedHashMap<>();
    engines.put(PlanEngine.NAME, PlanEngine::new);
    engines.put(SameDiffEngine.NAME, SameDiffEngine::new);
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (engines.putIfAbsent(provider.name(), provider::engine) != null) {
        throw new IllegalStateException(
            "two engines are named \""
                + provider.name()
                + "\", one of them by "
                + provider.getClass().getName()
                + "; take one of them from the class path");
      }
    }
    return engines;
  }
}
