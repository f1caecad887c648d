package dev.tandem.cuda.memory;

import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of all that a program has outside of Java's heap: memory on the card, arrays on the
 * host, mirrors of variables, and what is ready to run. Closing it gives everything back.
 */
public final class Holding implements AutoCloseable {

  /** Something that a holding closes. */
  @FunctionalInterface
  public interface Held {

    /** Gives back what it has. */
    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Mirrors mirrors;
  private final List<Held> held = new ArrayList<>();
  private final List<INDArray> arrays = new ArrayList<>();
  private long bytes;
  private volatile boolean closed;

  /** Nothing yet. */
  public Holding(Mirrors mirrors) {
    this.mirrors = mirrors;
  }

  /** The device. */
  public Device device() {
    return mirrors.device();
  }

  /** Another one on the same card, for what is needed for a short time. */
  public Holding forAWhile() {
    return new Holding(mirrors);
  }

  /** Memory on the card; not empty, so that it has an address. */
  public long allocate(long size) {
    long address = device().allocate(Math.max(1, size));
    held.add(() -> device().free(address));
    bytes += size;
    return address;
  }

  /** The bytes on the card, without variables. */
  public long bytes() {
    return bytes;
  }

  /** A variable's values on the card. */
  public Mirror use(Variable variable) {
    Mirror mirror = mirrors.use(variable);
    held.add(() -> mirrors.release(variable));
    return mirror;
  }

  /** The address of a flag. */
  long use(GuardFlag flag) {
    long address = flag.enter();
    held.add(flag::leave);
    return address;
  }

  /** Lets a flag's listener know before the host reads what is written here. */
  void guard(Mirror mirror, GuardFlag flag) {
    mirror.guard(flag);
    held.add(() -> mirror.unguard(flag));
  }

  /** An array of zeros on the host. */
  public INDArray array(TensorSpec spec) {
    INDArray array = OwnedArrays.create(spec);
    arrays.add(array);
    return array.assign(0);
  }

  /** Takes something that is closed with the rest. */
  public <T extends Held> T own(T one) {
    held.add(one);
    return one;
  }

  /**
   * Closes the holding when the garbage collector has found its owner, with a warning.
   *
   * @param owner of the holding, to which nothing in it refers
   */
  public Cleaner.Cleanable watch(Object owner, String name) {
    return CLEANER.register(owner, () -> collected(name));
  }

  /** Arrays may have been handed out and are left to the collector. */
  private void collected(String name) {
    if (closed) {
      return;
    }
    if (WARNED.compareAndSet(false, true)) {
      LOG.warn(
          "a program for a card ({}) was never closed, and its memory there stayed until the"
              + " garbage collector came; close trainers and predictors when they are done with"
              + " (this is said once)",
          name);
    }
    closeHeld();
  }

  /** The last thing first; what fails keeps nothing else from being given back. */
  private void closeHeld() {
    closed = true;
    for (int i = held.size() - 1; i >= 0; i--) {
      try {
        held.get(i).close();
      } catch (RuntimeException e) {
        LOG.error("something of a card could not be given back", e);
      }
    }
    held.clear();
  }

  @Override
  public void close() {
    if (!closed) {
      closeHeld();
      arrays.forEach(OwnedArrays::free);
      arrays.clear();
    }
  }
}
