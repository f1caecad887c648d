package dev.tandem.cuda.device;

import com.sun.jna.Memory;
import dev.tandem.cuda.text.KernelText;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A card that is none: kernels are compiled for the host and run there, block by block. It counts
 * what is allocated.
 */
public final class HostDevice implements Device {

  private static final Object LAUNCH = new Object();
  private static final long ALIGNMENT = 256;

  private final Map<Long, Pointer> allocated = new HashMap<>();
  private long crossings;

  /** Whether kernels can be compiled here. */
  public static boolean isThere() {
    return HostCompiler.isThere();
  }

  @Override
  public String description() {
    return "host";
  }

  @Override
  public synchronized long allocate(long bytes) {
    Pointer raw = Pointer.malloc(bytes + ALIGNMENT);
    long address = (raw.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    // what was never written is no number
    Pointer.memset(at(address), 0xFF, bytes);
    allocated.put(address, raw);
    return address;
  }

  @Override
  public synchronized void free(long address) {
    Pointer.free(allocated.remove(address));
  }

  /** How many allocations are held. */
  public synchronized int allocations() {
    return allocated.size();
  }

  /** How many copies there were from and to the host. */
  public synchronized long crossings() {
    return crossings;
  }

  /** Compiles kernels that many tests will ask for, on two cores, in far less time. */
  public static void prepare(Collection<KernelText> kernels) {
    Map<Boolean, List<KernelText>> halves =
        kernels.stream().collect(Collectors.partitioningBy(kernel -> kernel.name().hashCode() < 0));
    halves.values().parallelStream().forEach(HostCompiler::compile);
  }

  private synchronized void cross() {
    crossings++;
  }

  private static Pointer at(long where) {
    return new BytePointer() {
      {
        this.address = where;
      }
    };
  }

  @Override
  public void upload(Pointer host, long device, long bytes) {
    cross();
    Pointer.memcpy(at(device), host, bytes);
  }

  @Override
  public void download(long device, Pointer host, long bytes) {
    cross();
    Pointer.memcpy(host, at(device), bytes);
  }

  @Override
  public Inbox inbox(long bytes, int places) {
    BytePointer memory = new BytePointer(Math.max(1, bytes) * places);
    return new Inbox() {
      @Override
      public void bring(long device, int place) {
        cross();
        Pointer.memcpy(await(place), at(device), bytes);
      }

      @Override
      public Pointer await(int place) {
        return memory.getPointer(place * bytes);
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }

  @Override
  public void synchronize() {}

  @Override
  public Recording record(List<Command> commands) {
    Set<KernelText> texts = new LinkedHashSet<>();
    for (Command command : commands) {
      if (command instanceof Command.Launch launch) {
        texts.add(launch.kernel());
      }
    }
    HostCompiler.compile(texts);
    return new Recording() {
      @Override
      public void run() {
        commands.forEach(HostDevice::execute);
      }

      @Override
      public void close() {}
    };
  }

  private static void execute(Command command) {
    if (command instanceof Command.Launch launch) {
      launch(launch);
    } else if (command instanceof Command.Copy copy) {
      Pointer.memmove(at(copy.to()), at(copy.from()), copy.bytes());
    } else {
      HostMath.run(command);
    }
  }

  private static void launch(Command.Launch launch) {
    KernelText kernel = launch.kernel();
    int count = launch.addresses().size();
    try (Memory arguments = new Memory(8L * Math.max(1, count))) {
      for (int i = 0; i < count; i++) {
        arguments.setLong(8L * i, launch.addresses().get(i));
      }
      synchronized (LAUNCH) {
        int failed =
            HostCompiler.runtime()
                .getFunction("host_launch")
                .invokeInt(
                    new Object[] {
                      HostCompiler.kernel(kernel.name()),
                      kernel.waits() ? 1 : 0,
                      kernel.grid().blocks(),
                      kernel.grid().blocksY(),
                      kernel.grid().threads(),
                      kernel.grid().threadsY(),
                      arguments
                    });
        if (failed != 0) {
          throw new DeviceException(
              "some threads of "
                  + kernel.label()
                  + " never reach a barrier:\n"
                  + kernel.function());
        }
      }
    }
  }

  @Override
  public void close() {}
}
