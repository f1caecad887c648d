package dev.tandem.cuda.memory;

import com.google.common.collect.MapMaker;
import dev.tandem.core.op.Variable;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceMemoryException;
import java.lang.ref.WeakReference;
import java.util.IdentityHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The variables that have values on a card: one mirror for each, whoever computes with it, so that
 * engines of one card share them.
 */
public final class Mirrors {

  private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);

  private static final Map<Device, WeakReference<Mirrors>> ALL =
      new MapMaker().weakKeys().makeMap();

  private final Device device;
  private final Map<Variable, Mirror> mirrors = new IdentityHashMap<>();
  private final MemoryUse memory = new MemoryUse();
  private boolean toldLoss;

  private Mirrors(Device device) {
    this.device = new SharedDevice(device);
  }

  /** Those of a device. */
  public static Mirrors on(Device device) {
    synchronized (ALL) {
      WeakReference<Mirrors> known = ALL.get(device);
      Mirrors mirrors = known == null ? null : known.get();
      if (mirrors == null) {
        mirrors = new Mirrors(device);
        ALL.put(device, new WeakReference<>(mirrors));
      }
      return mirrors;
    }
  }

  /** The device, for any number of threads. */
  public Device device() {
    return device;
  }

  /** Who has what on the card. */
  MemoryUse memory() {
    return memory;
  }

  /** An error that names who has the memory, for a holding that was refused more. */
  synchronized DeviceMemoryException explained(DeviceMemoryException error, Holding asking) {
    return memory.explained(
        error, asking, mirrors.size(), mirrors.values().stream().mapToLong(Mirror::bytes).sum());
  }

  /** Lets a variable have values on the card until {@link #release} was called as often. */
  synchronized Mirror use(Variable variable) {
    variable.retain();
    try {
      Mirror mirror = mirrors.get(variable);
      if (mirror == null) {
        mirror = make(variable);
        mirrors.put(variable, mirror);
      }
      mirror.enter();
      return mirror;
    } catch (RuntimeException | Error e) {
      variable.release();
      throw e;
    }
  }

  private Mirror make(Variable variable) {
    Mirror made = new Mirror(device, variable);
    try {
      variable.mirror(made);
    } catch (RuntimeException | Error e) {
      made.free();
      throw e;
    }
    return made;
  }

  /** Ends what one {@link #use} began; the last one brings the values back. */
  synchronized void release(Variable variable) {
    Mirror mirror = mirrors.get(variable);
    if (mirror != null && mirror.leave()) {
      mirrors.remove(variable);
      fetchLast(variable, mirror);
      variable.mirror(null);
      mirror.free();
    }
    variable.release();
  }

  /** A card that is lost keeps no variable from being used elsewhere; it is told of once. */
  private void fetchLast(Variable variable, Mirror mirror) {
    try {
      mirror.fetch();
    } catch (RuntimeException e) {
      mirror.invalidate();
      if (!toldLoss) {
        toldLoss = true;
        LOG.error(
            "the values of \"{}\", and maybe of others, could not be brought back from the card,"
                + " and are those of when they were last read; restore the last checkpoint",
            variable.name(),
            e);
      }
    }
  }
}
