package dev.tandem.cuda.memory;

import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Small values of a program that cross between host and card together, by one copy: numbers that
 * are fed, or losses.
 */
public final class SmallValues {

  /** The bytes up to which a value is small. */
  private static final long MOST = 256;

  private static final long ALIGNMENT = 64;

  private long bytes;
  private long address;
  private Pointer memory = new Pointer();

  SmallValues() {}

  /** Whether a value belongs here. */
  static boolean take(long size) {
    return size <= MOST;
  }

  /** Makes room, before all is placed; gives the offset. */
  long add(long size) {
    long offset = bytes;
    bytes += (Math.max(1, size) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return offset;
  }

  /** Takes the memory for all. */
  void place(Holding holding) {
    address = holding.allocate(bytes);
    if (bytes > 0) {
      memory = holding.array(TensorSpec.of(bytes).withType(DataType.INT8)).data().addressPointer();
    }
  }

  /** The address of what lies at an offset. */
  public long address(long offset) {
    return address + offset;
  }

  /** Whether what lies at an address is here. */
  public boolean has(long where) {
    return where >= address && where < address + bytes;
  }

  /** The place on the host of what lies at an address. */
  public Pointer host(long where) {
    return new BytePointer(memory).getPointer(where - address);
  }

  /** How much there is. */
  public long bytes() {
    return bytes;
  }

  /** Copies all to a place on the card. */
  void upload(Device device, long to) {
    if (bytes > 0) {
      device.upload(memory, to, bytes);
    }
  }

  /** Copies all from the card, and waits for it. */
  public void download(Device device) {
    if (bytes > 0) {
      device.download(address, memory, bytes);
    }
  }
}
