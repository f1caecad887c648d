package dev.tandem.examples.bench.scale;

import com.google.common.collect.ImmutableList;
import com.sun.management.OperatingSystemMXBean;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Measurement;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.bench.systems.GanObjective;
import dev.tandem.examples.bench.systems.GanTask;
import dev.tandem.examples.bench.systems.TandemGan;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures one size, in a process of its own: peak memory is the process's. */
public final class ScaleProgram {

  private ScaleProgram() {}

  /** Takes BATCH, WIDTH, DEPTH, ITERS and WARMUP. */
  public static void main(String... args) {
    PrintWriter out = new PrintWriter(System.out, true);
    Size size =
        new Size(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Model generator = ScaledNets.generator(size);
    Model discriminator = ScaledNets.discriminator(size);
    String label = "tandem " + size.label();
    long flops = Arithmetic.step(generator, discriminator);
    out.println("# " + label + " flops_per_sample=" + flops);
    long need = Arithmetic.bytes(generator, discriminator, size.batch()) >> 20;
    long free = freeMegabytes();
    if (need > free) {
      out.println(label + " unsupported");
      out.printf(Locale.ROOT, "# %s why: may need %d MB where %d are free%n", label, need, free);
      return;
    }
    try (Workload workload = workload(size, generator, discriminator)) {
      new Measurement(label, workload, out)
          .run(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }
  }

  private static Workload workload(Size size, Model generator, Model discriminator) {
    int batch = size.batch();
    ImmutableList<INDArray> real = GanTask.arrays(BenchData.images(batch, 28, 1), batch, 28, 28, 1);
    Adam adam = Adam.rate(2e-4).beta1(0.5).beta2(0.999).epsilon(1e-8);
    GanTask task =
        new GanTask(
            generator,
            discriminator,
            GanObjective.NON_SATURATING,
            batch,
            ScaledNets.LATENT,
            real,
            adam);
    return new TandemGan(task, new PlanEngine());
  }

  private static long freeMegabytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize()
        >> 20;
  }
}
