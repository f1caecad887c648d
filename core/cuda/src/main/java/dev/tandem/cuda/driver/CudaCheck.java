package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.Device;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program that says whether a card computes here what the processor computes: some graphs of each
 * kind of command against the CPU's engine, then again as captured graphs, which have to give the
 * same bits.
 */
public final class CudaCheck {

  private static final int REPLAYS = 20;
  private static final double TOLERANCE = 2e-4;

  private final Device device;
  private final PrintStream out;
  private final int runs;
  private int failures;

  private CudaCheck(Device device, PrintStream out, int runs) {
    this.device = device;
    this.out = out;
    this.runs = runs;
  }

  /**
   * Checks the card that {@link CudaDevices#shared} gives, and prints a line for each check. The
   * exit code is 1 if one failed.
   */
  public static void main(String[] arguments) {
    CudaLibraries.find().parts().forEach(part -> System.out.println(part.describe()));
    try (CudaDevice device = CudaDevices.shared()) {
      System.out.println(device + ", CUDA " + device.card().driver());
      long before = device.freeBytes();
      int failures = run(device, System.out, REPLAYS);
      long after = device.freeBytes();
      System.out.println("bytes free before " + before + ", after " + after);
      System.exit(failures == 0 ? 0 : 1);
    }
  }

  /** Makes all checks on a device, each with so many runs; returns how many failed. */
  static int run(Device device, PrintStream out, int runs) {
    CudaCheck check = new CudaCheck(device, out, runs);
    CudaCheckGraphs.all().forEach(check::check);
    return check.failures;
  }

  private void check(String name, Supplier<OpGraph> graph) {
    try (Program card = new CudaEngine(device).prepare(graph.get());
        Program cpu = new PlanEngine().prepare(graph.get())) {
      Map<String, INDArray> feeds = feeds(card);
      double worst = 0;
      Map<String, INDArray> first = new LinkedHashMap<>();
      boolean same = true;
      for (int run = 0; run < runs; run++) {
        feeds.forEach(card::feed);
        card.run(3, 5);
        if (run == 0 || !card.graph().assignments().isEmpty()) {
          feeds.forEach(cpu::feed);
          cpu.run(3, 5);
          for (String output : card.graph().outputs().keySet()) {
            worst = Math.max(worst, difference(card.output(output), cpu.output(output)));
          }
        }
        for (String output : card.graph().outputs().keySet()) {
          INDArray values = card.output(output);
          INDArray known = first.putIfAbsent(output, values.dup('c'));
          same &= known == null || !card.graph().assignments().isEmpty() || equal(values, known);
        }
      }
      boolean good = worst <= TOLERANCE && same;
      report(
          good, name, String.format(Locale.ROOT, "%.2g%s", worst, same ? "" : ", replays differ"));
    } catch (RuntimeException e) {
      report(false, name, String.valueOf(e.getMessage()));
    }
  }

  private void report(boolean good, String name, String what) {
    failures += good ? 0 : 1;
    out.println((good ? "ok     " : "FAILED ") + name + " " + what);
  }

  private static Map<String, INDArray> feeds(Program program) {
    ImmutableMap.Builder<String, INDArray> feeds = ImmutableMap.builder();
    program
        .graph()
        .feeds()
        .forEach((name, spec) -> feeds.put(name, numbers(spec, name.hashCode())));
    return feeds.buildOrThrow();
  }

  /** Numbers from -1 to 1. */
  static INDArray numbers(TensorSpec spec, int seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(spec.shape().length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Nd4j.createFromArray(values)
        .reshape(spec.shape().toArray())
        .castTo(spec.dtype())
        .dup('c');
  }

  /** The largest difference, beside the largest number where that is more than 1. */
  private static double difference(INDArray got, INDArray expected) {
    double[] a = doubles(got);
    double[] b = doubles(expected);
    double worst = 0;
    double largest = 1;
    for (int i = 0; i < b.length; i++) {
      boolean alike = Objects.equals(a[i], b[i]);
      worst = Math.max(worst, alike ? 0 : Math.abs(a[i] - b[i]));
      largest = Math.max(largest, Math.abs(b[i]));
    }
    return worst / largest;
  }

  private static boolean equal(INDArray a, INDArray b) {
    return Arrays.equals(doubles(a), doubles(b));
  }

  private static double[] doubles(INDArray array) {
    return array.dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
  }
}
