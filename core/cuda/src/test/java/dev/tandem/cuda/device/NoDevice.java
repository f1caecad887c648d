package dev.tandem.cuda.device;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A device that does nothing; all it holds is 0. */
public class NoDevice implements Device {

  private long next = 1 << 20;

  @Override
  public String description() {
    return "none";
  }

  @Override
  public long allocate(long bytes) {
    long address = next;
    next += (bytes + 511) / 256 * 256;
    return address;
  }

  @Override
  public void free(long address) {}

  @Override
  public void upload(Pointer host, long device, long bytes) {}

  @Override
  public void download(long device, Pointer host, long bytes) {
    Pointer.memset(host, 0, bytes);
  }

  @Override
  public Inbox inbox(long bytes, int places) {
    BytePointer memory = new BytePointer(Math.max(1, bytes));
    Pointer.memset(memory, 0, Math.max(1, bytes));
    return new Inbox() {
      @Override
      public void bring(long device, int place) {}

      @Override
      public Pointer await(int place) {
        return memory;
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }

  @Override
  public Recording record(List<Command> commands) {
    return new Recording() {
      @Override
      public void run() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void synchronize() {}

  @Override
  public void close() {}
}
