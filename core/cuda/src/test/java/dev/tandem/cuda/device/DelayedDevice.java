package dev.tandem.cuda.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A device that does nothing of what it is asked for until somebody waits for it. It counts how
 * often that happens.
 */
public final class DelayedDevice implements Device {

  private final Device device;
  private final Deque<Runnable> asked = new ArrayDeque<>();
  private long waits;

  /** A device that does later what another one does. */
  public DelayedDevice(Device device) {
    this.device = device;
  }

  /** How often somebody has waited. */
  public synchronized long waits() {
    return waits;
  }

  /** How many things nobody has waited for. */
  public synchronized int asked() {
    return asked.size();
  }

  private void doAll() {
    while (!asked.isEmpty()) {
      asked.removeFirst().run();
    }
  }

  @Override
  public String description() {
    return device.description();
  }

  @Override
  public synchronized long allocate(long bytes) {
    return device.allocate(bytes);
  }

  @Override
  public synchronized void free(long address) {
    asked.add(() -> device.free(address));
  }

  @Override
  public synchronized void upload(Pointer host, long to, long bytes) {
    BytePointer values = new BytePointer(bytes);
    Pointer.memcpy(values, host, bytes);
    asked.add(
        () -> {
          device.upload(values, to, bytes);
          values.close();
        });
  }

  @Override
  public synchronized void download(long from, Pointer host, long bytes) {
    waits++;
    doAll();
    device.download(from, host, bytes);
  }

  @Override
  public synchronized Inbox inbox(long bytes, int places) {
    Inbox inbox = device.inbox(bytes, places);
    int[] coming = new int[places];
    return new Inbox() {
      @Override
      public void bring(long from, int place) {
        synchronized (DelayedDevice.this) {
          coming[place]++;
          asked.add(
              () -> {
                inbox.bring(from, place);
                coming[place]--;
              });
        }
      }

      @Override
      public Pointer await(int place) {
        synchronized (DelayedDevice.this) {
          if (coming[place] > 0) {
            waits++;
          }
          while (coming[place] > 0) {
            asked.removeFirst().run();
          }
          return inbox.await(place);
        }
      }

      @Override
      public void close() {
        synchronized (DelayedDevice.this) {
          doAll();
          inbox.close();
        }
      }
    };
  }

  @Override
  public synchronized Recording record(List<Command> commands) {
    Recording recording = device.record(commands);
    return new Recording() {
      @Override
      public void run() {
        synchronized (DelayedDevice.this) {
          asked.add(recording::run);
        }
      }

      @Override
      public void close() {
        synchronized (DelayedDevice.this) {
          doAll();
          recording.close();
        }
      }
    };
  }

  @Override
  public synchronized void synchronize() {
    waits++;
    doAll();
  }

  @Override
  public synchronized void close() {
    doAll();
    device.close();
  }
}
