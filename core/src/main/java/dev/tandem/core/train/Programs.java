package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiled steps by what they were compiled for: the few used last. */
final class Programs implements AutoCloseable {

  /** What a program was compiled for. */
  record Key(Use use, long batch, Set<String> weighted) {}

  /** What a program does. */
  enum Use {
    PREDICT,
    TEST,
    GRADIENTS,
    MORE_GRADIENTS
  }

  /** A program with the names of its feeds. */
  record Prepared(Program program, ImmutableSet<String> feeds) {

    static Prepared of(Program program) {
      ImmutableSet.Builder<String> names = ImmutableSet.builder();
      for (OpCall call : program.graph().calls()) {
        if (call.op() instanceof Feed feed) {
          names.add(feed.label());
        }
      }
      return new Prepared(program, names.build());
    }
  }

  private static final int KEPT = 8;

  private final Map<Key, Prepared> programs = new LinkedHashMap<>(16, 0.75f, true);

  /** The program for a key; made if it is not there, and the one used longest ago is closed. */
  Prepared get(Key key, Supplier<Program> maker) {
    Prepared known = programs.get(key);
    if (known != null) {
      return known;
    }
    Prepared made = Prepared.of(maker.get());
    programs.put(key, made);
    if (programs.size() > KEPT) {
      Key oldest = programs.keySet().iterator().next();
      programs.remove(oldest).program().close();
    }
    return made;
  }

  /** All programs at hand, and one more if there is one. */
  List<Program> all(@Nullable Program more) {
    List<Program> all = new ArrayList<>();
    programs.values().forEach(prepared -> all.add(prepared.program()));
    if (more != null) {
      all.add(more);
    }
    return all;
  }

  @Override
  public void close() {
    programs.values().forEach(prepared -> prepared.program().close());
    programs.clear();
  }
}
