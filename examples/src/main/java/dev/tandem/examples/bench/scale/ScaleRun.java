package dev.tandem.examples.bench.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.support.ChildProcess;
import dev.tandem.examples.bench.support.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Measures all sizes, one process after another.
 *
 * @param iterations measured steps
 * @param warmup steps before them
 * @param out takes the table
 */
public record ScaleRun(int iterations, int warmup, PrintWriter out) {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String FLOPS = " flops_per_sample=";

  /**
   * Measures and prints.
   *
   * @return whether all sizes were measured or known to be too large
   */
  public boolean run() {
    ScaleTable table = new ScaleTable();
    boolean failed = false;
    for (Size size : Size.all()) {
      ChildProcess.End end = measure(size);
      Outcome outcome = Outcome.of("tandem " + size.label(), end, LIMIT.toSeconds());
      if (outcome instanceof Outcome.Measured measured) {
        table.add(size, flops(size, end.lines()), measured.figures());
        out.println(size.label() + ": " + measured.figures().median() + " ms");
      } else if (outcome instanceof Outcome.Unsupported unsupported) {
        table.add(size, "too large");
        out.println(size.label() + ": " + unsupported.reason());
      } else if (outcome instanceof Outcome.Failed failure) {
        failed = true;
        table.add(size, "failed");
        out.println(size.label() + ": FAILED, it " + failure.reason() + "; its last lines:");
        failure.lastLines().forEach(line -> out.println("  " + line));
      }
      out.flush();
    }
    out.println();
    out.print(table.text());
    out.flush();
    return !failed;
  }

  private ChildProcess.End measure(Size size) {
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .addAll(ChildProcess.java())
            .add("-Xmx2g")
            .add("-Dorg.bytedeco.javacpp.maxbytes=8g")
            .add("-Dorg.bytedeco.javacpp.maxphysicalbytes=12g")
            .add("-cp", System.getProperty("java.class.path"), ScaleProgram.class.getName())
            .add(Integer.toString(size.batch()), Integer.toString(size.width()))
            .add(Integer.toString(size.depth()))
            .add(Integer.toString(iterations), Integer.toString(warmup))
            .build();
    ImmutableMap<String, String> threads = ImmutableMap.of("OMP_NUM_THREADS", Machine.threads());
    try {
      Path log = Files.createTempFile("tandem-" + size.label(), ".log");
      try {
        return new ChildProcess(command, threads).run(log, LIMIT);
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long flops(Size size, List<String> lines) {
    String before = "# tandem " + size.label() + FLOPS;
    return lines.stream()
        .filter(line -> line.startsWith(before))
        .mapToLong(line -> Long.parseLong(line.substring(before.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(size.label() + " printed no flops"));
  }
}
