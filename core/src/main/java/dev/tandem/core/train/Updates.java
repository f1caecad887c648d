package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Second halves by the state that they commit: one, unless layers move state in some batches alone.
 * The few used last are kept.
 */
final class Updates implements AutoCloseable {

  private static final int KEPT = 4;

  private final Function<ImmutableSet<Weight>, Update> making;
  private final Map<ImmutableSet<Weight>, Update> updates = new LinkedHashMap<>(8, 0.75f, true);
  private @Nullable ImmutableSet<Weight> last;
  private @Nullable Update ofLast;

  /** None yet; the function makes one. */
  Updates(Function<ImmutableSet<Weight>, Update> making) {
    this.making = making;
  }

  /** The one that commits this state. */
  @SuppressWarnings("ReferenceEquality") // the same one comes again and again
  Update get(ImmutableSet<Weight> states) {
    if (ofLast == null || last != states) {
      ofLast = find(states);
      last = states;
    }
    return ofLast;
  }

  private Update find(ImmutableSet<Weight> states) {
    Update known = updates.get(states);
    if (known == null) {
      if (updates.size() == KEPT) {
        ImmutableSet<Weight> oldest = updates.keySet().iterator().next();
        Objects.requireNonNull(updates.remove(oldest)).close();
      }
      known = making.apply(states);
      updates.put(states, known);
    }
    return known;
  }

  ImmutableList<Program> programs() {
    return updates.values().stream().map(Update::program).collect(ImmutableList.toImmutableList());
  }

  /** Gives their memory back; others are made when they are asked for. */
  @Override
  public void close() {
    updates.values().forEach(Update::close);
    updates.clear();
    ofLast = null;
  }
}
