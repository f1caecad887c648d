package dev.tandem.cuda.memory;

import dev.tandem.core.op.Variable;
import dev.tandem.cuda.device.Device;
import java.util.IdentityHashMap;
import java.util.Map;

/** The variables that have values on a card: one mirror for each, whoever computes with it. */
public final class Mirrors {

  private final Device device;
  private final Map<Variable, Mirror> all = new IdentityHashMap<>();

  /** No variable yet. */
  public Mirrors(Device device) {
    this.device = device;
  }

  /** Lets a variable have values on the card until {@link #release} was called as often. */
  synchronized Mirror use(Variable variable) {
    variable.retain();
    Mirror mirror =
        all.computeIfAbsent(
            variable,
            v -> {
              Mirror made = new Mirror(device, v);
              v.mirror(made);
              return made;
            });
    mirror.enter();
    return mirror;
  }

  /** Ends what one {@link #use} began; the last one brings the values back. */
  synchronized void release(Variable variable) {
    Mirror mirror = all.get(variable);
    if (mirror != null && mirror.leave()) {
      variable.mirror(null);
      all.remove(variable);
      mirror.free();
    }
    variable.release();
  }
}
