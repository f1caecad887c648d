package dev.tandem.examples.bench.measure;

import java.io.PrintWriter;
import java.util.function.Function;

/**
 * A program that measures one system on one task and ends: {@code WORKLOAD [ITERS [WARMUP]]}.
 *
 * <p>Prints what {@link Measurement} prints, or {@code SYSTEM WORKLOAD unsupported} and the reason.
 *
 * @param system its name in reports
 * @param maker builds nets and data of a task; throws {@link Unsupported} if the system cannot do
 *     it
 */
public record Program(String system, Function<Task, Workload> maker) {

  /** Measures as the arguments say and ends the process: with 0, or 1 if something failed. */
  @SuppressWarnings({"CatchAndPrintStackTrace", "IncorrectMainMethod"})
  public void main(String... args) {
    PrintWriter out = new PrintWriter(System.out, true);
    int exit = 1;
    try {
      run(out, args);
      exit = 0;
    } catch (Throwable failure) {
      failure.printStackTrace();
    }
    out.flush();
    System.err.flush();
    // Without the native libraries' own ends: several of them crash there.
    Runtime.getRuntime().halt(exit);
  }

  /** Measures as the arguments say. */
  void run(PrintWriter out, String... args) {
    if (args.length < 1 || args.length > 3) {
      throw new IllegalArgumentException("arguments are not WORKLOAD [ITERS [WARMUP]]");
    }
    Task task =
        Task.of(args[0])
            .orElseThrow(() -> new IllegalArgumentException("there is no workload " + args[0]));
    int iterations = args.length > 1 ? Integer.parseInt(args[1]) : task.iterations();
    int warmup = args.length > 2 ? Integer.parseInt(args[2]) : task.warmup();
    String label = system + " " + task.label();
    try (Workload workload = maker.apply(task)) {
      new Measurement(label, workload, out).run(iterations, warmup);
    } catch (Unsupported unsupported) {
      out.println(label + " unsupported");
      out.println("# " + label + " why: " + unsupported.getMessage());
    }
  }
}
