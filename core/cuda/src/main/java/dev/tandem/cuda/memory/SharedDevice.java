package dev.tandem.cuda.memory;

import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** A device that programs of several threads use: it is asked one thing at a time. */
final class SharedDevice implements Device {

  private final Device device;

  SharedDevice(Device device) {
    this.device = device;
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
    device.free(address);
  }

  @Override
  public synchronized void upload(Pointer host, long to, long bytes) {
    device.upload(host, to, bytes);
  }

  @Override
  public synchronized void download(long from, Pointer host, long bytes) {
    device.download(from, host, bytes);
  }

  /** Whoever waits keeps nobody from asking. */
  @Override
  public synchronized Inbox inbox(long bytes, int places) {
    Inbox inbox = device.inbox(bytes, places);
    return new Inbox() {
      @Override
      public void bring(long from, int place) {
        synchronized (SharedDevice.this) {
          inbox.bring(from, place);
        }
      }

      @Override
      public Pointer await(int place) {
        return inbox.await(place);
      }

      @Override
      public void close() {
        synchronized (SharedDevice.this) {
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
        synchronized (SharedDevice.this) {
          recording.run();
        }
      }

      @Override
      public void close() {
        synchronized (SharedDevice.this) {
          recording.close();
        }
      }
    };
  }

  @Override
  public synchronized void synchronize() {
    device.synchronize();
  }

  @Override
  public synchronized void close() {
    device.close();
  }
}
