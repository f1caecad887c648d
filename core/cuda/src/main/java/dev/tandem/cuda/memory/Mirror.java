package dev.tandem.cuda.memory;

import dev.tandem.core.op.Variable;
import dev.tandem.cuda.device.Device;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A variable's values on a card. One of the two sides may be newer; what is needed is brought over
 * when it is needed.
 */
final class Mirror implements Variable.Mirror {

  private final Device device;
  private final Variable variable;
  private final long address;
  private final long bytes;
  private boolean hostIsNewer = true;
  private boolean deviceIsNewer;
  private int users;

  Mirror(Device device, Variable variable) {
    this.device = device;
    this.variable = variable;
    this.bytes = variable.spec().shape().length() * variable.spec().dtype().width();
    this.address = device.allocate(Math.max(1, bytes));
  }

  long address() {
    return address;
  }

  /** Brings the card's side up to date, before it is read or written in part. */
  synchronized void require() {
    if (hostIsNewer) {
      INDArray array = variable.array();
      device.upload(array.data().addressPointer(), address, bytes);
      hostIsNewer = false;
    }
  }

  /** Says that the card's side was written. */
  synchronized void written() {
    deviceIsNewer = true;
    hostIsNewer = false;
  }

  @Override
  public synchronized void fetch() {
    if (deviceIsNewer) {
      device.download(address, variable.array().data().addressPointer(), bytes);
      deviceIsNewer = false;
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
