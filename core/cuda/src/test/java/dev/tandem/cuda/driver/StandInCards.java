package dev.tandem.cuda.driver;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.worker.Workers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A program for a process of its own, in which other libraries stand for NVIDIA's: workers on
 * cards, with each fault of NCCL in turn. It prints what comes of each.
 */
public final class StandInCards {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private StandInCards() {}

  /** Runs all. */
  public static void main(String[] faults) {
    Function setenv = NativeLibrary.getProcess().getFunction("setenv");
    OUT.println("NCCL " + version());
    run(2);
    run(3);
    run(4);
    for (String fault :
        List.of("connects", "waits", "sends", "blocks", "breaks", "hangs", "damages")) {
      setenv.invokeInt(new Object[] {"FAULT", fault, 1});
      OUT.println("fault " + fault);
      run(2);
    }
  }

  private static String version() {
    CudaNatives.loadDriver(CudaLibraries.find());
    CudaNatives.loadForSeveral(CudaLibraries.find());
    return NcclLinks.version();
  }

  private static void run(int count) {
    try {
      Workers.cards(count)
          .patience(Duration.ofSeconds(1))
          .run(
              worker -> {
                float[] mine = {worker.rank()};
                worker.mean(mine, new double[0], 1);
                synchronized (OUT) {
                  OUT.println(worker + " on " + worker.engine(new PlanEngine()) + ": " + mine[0]);
                }
              });
    } catch (RuntimeException e) {
      OUT.println("error " + e.getMessage());
    }
  }
}
