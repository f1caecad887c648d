package dev.tandem.examples.bench.memory;

import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.cli.MarkdownTable;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/**
 * Takes many steps and looks at the memory at the start, at each quarter and at the end: what lives
 * on the heap after collections, what JavaCPP has allocated outside it, and the whole process,
 * which has ND4J's arrays too.
 *
 * @param label of the workload
 * @param steps to take after the first ones
 * @param out takes the table
 */
public record MemoryRun(String label, int steps, PrintWriter out) {

  private static final int QUARTERS = 4;

  /** Code is compiled and caches are filled in these, before the start. */
  private static final int WARMUP = 200;

  /** Measures and prints. */
  public void run(Workload workload) {
    int warmup = Math.min(WARMUP, steps);
    int taken = 0;
    while (taken < warmup) {
      workload.step(taken++);
    }
    MarkdownTable table =
        new MarkdownTable(
            List.of("steps", "heap B/step", "live heap KB", "JavaCPP KB", "process MB"));
    long firstHeap = look(table, 0, "");
    long firstProcess = Pointer.physicalBytes();
    long lastHeap = firstHeap;
    long allocated = 0;
    for (int quarter = 1; quarter <= QUARTERS; quarter++) {
      int until = (int) ((long) steps * quarter / QUARTERS);
      int count = until - (taken - warmup);
      if (count == 0) {
        continue;
      }
      Allocations before = Allocations.now();
      while (taken - warmup < until) {
        workload.step(taken++);
      }
      long bytes = Allocations.now().since(before);
      allocated += bytes;
      lastHeap = look(table, until, number((double) bytes / count));
    }
    out.println(label + ", after " + warmup + " steps to warm up:");
    out.println();
    out.print(table.text());
    out.println();
    out.printf(
        Locale.ROOT,
        "%s %d steps: %s B of heap per step; live heap grew by %d KB, the process by %d MB%n",
        label,
        steps,
        number((double) allocated / steps),
        (lastHeap - firstHeap) >> 10,
        (Pointer.physicalBytes() - firstProcess) >> 20);
    out.flush();
  }

  private static String number(double bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes);
  }

  /** A row about now; returns the live heap in bytes. */
  private static long look(MarkdownTable table, int step, String perStep) {
    long heap = liveHeap();
    table.row(
        List.of(
            Integer.toString(step),
            perStep,
            Long.toString(heap >> 10),
            Long.toString(Pointer.totalBytes() >> 10),
            Long.toString(Pointer.physicalBytes() >> 20)));
    return heap;
  }

  /**
   * What survives garbage collections; the second one frees what finalizers and cleaners let go.
   */
  private static long liveHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while memory was measured", e);
      }
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
