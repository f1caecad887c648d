package dev.tandem.examples.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C (SIGINT) and SIGTERM while something runs that can end in order: the first one is noted
 * for it, a second one ends the process at once. What signals did before is restored by closing.
 */
public final class Interruption implements AutoCloseable {

  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143);

  private final AtomicReference<@Nullable String> came = new AtomicReference<>();
  private final Map<String, Object> before = new LinkedHashMap<>();

  private Interruption() {}

  /**
   * Listens from now on.
   *
   * @param told of the first signal, as in {@code SIGINT}, in a thread of its own
   */
  public static Interruption listening(Consumer<String> told) {
    Interruption interruption = new Interruption();
    for (String signal : CODES.keySet()) {
      Object old = Signals.register(signal, () -> interruption.come(signal, told));
      if (old != null) {
        interruption.before.put(signal, old);
      }
    }
    return interruption;
  }

  private void come(String signal, Consumer<String> told) {
    if (came.compareAndSet(null, signal)) {
      told.accept("SIG" + signal);
    } else {
      Runtime.getRuntime().halt(code(signal));
    }
  }

  private static int code(String signal) {
    return CODES.getOrDefault(signal, 1);
  }

  /** The signal that came, as in {@code SIGINT}; empty if none did. */
  public Optional<String> signal() {
    return Optional.ofNullable(came.get()).map(name -> "SIG" + name);
  }

  /** The exit code of a process that the signal ended: 130 and 143; empty if none came. */
  public OptionalInt exitCode() {
    String signal = came.get();
    return signal == null ? OptionalInt.empty() : OptionalInt.of(code(signal));
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
