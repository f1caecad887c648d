package dev.tandem.cuda.memory;

import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.javacpp.Pointer;

/**
 * A variable's values on a card. One of the two sides may be newer; what is needed is brought over
 * when it is needed.
 *
 * <p>The array is asked for before the lock is taken: a variable holds its own lock when it ends a
 * mirror.
 */
public final class Mirror implements Variable.Mirror {

  private final Device device;
  private final Variable variable;
  private final long address;
  private final long bytes;
  private volatile boolean hostIsNewer = true;
  private volatile boolean deviceIsNewer;
  private final List<GuardFlag> guards = new CopyOnWriteArrayList<>();
  private int users;

  Mirror(Device device, Variable variable) {
    this.device = device;
    this.variable = variable;
    this.bytes = variable.spec().shape().length() * variable.spec().dtype().width();
    this.address = device.allocate(Math.max(1, bytes));
  }

  /** Where the values lie. */
  public long address() {
    return address;
  }

  /** Their shape and type. */
  public TensorSpec spec() {
    return variable.spec();
  }

  /** Brings the card's side up to date, before it is read. */
  public void require() {
    if (hostIsNewer) {
      Pointer array = host();
      synchronized (this) {
        if (hostIsNewer) {
          if (bytes > 0) {
            device.upload(array, address, bytes);
          }
          hostIsNewer = false;
        }
      }
    }
  }

  private Pointer host() {
    return bytes == 0 ? new Pointer() : variable.array().data().addressPointer();
  }

  /** Says that the card's side was written, all of it. */
  public synchronized void written() {
    deviceIsNewer = true;
    hostIsNewer = false;
  }

  /** Says that the card's side may have been written in part, where it was up to date. */
  public synchronized void touched() {
    deviceIsNewer |= !hostIsNewer;
  }

  /** Lets a flag's listener know before the host reads, until {@link #unguard} is called. */
  void guard(GuardFlag flag) {
    guards.add(flag);
  }

  void unguard(GuardFlag flag) {
    guards.remove(flag);
  }

  @Override
  public void fetch() {
    if (deviceIsNewer) {
      settle();
      bring();
    }
  }

  @Override
  public void settle() {
    guards.forEach(GuardFlag::beforeRead);
  }

  private void bring() {
    if (deviceIsNewer) {
      Pointer array = host();
      synchronized (this) {
        if (deviceIsNewer) {
          if (bytes > 0) {
            device.download(address, array, bytes);
          }
          deviceIsNewer = false;
        }
      }
    }
  }

  @Override
  public synchronized void invalidate() {
    hostIsNewer = true;
    deviceIsNewer = false;
  }

  void enter() {
    users++;
  }

  /** Whether nobody is left. */
  boolean leave() {
    users--;
    return users == 0;
  }

  void free() {
    device.free(address);
  }
}
