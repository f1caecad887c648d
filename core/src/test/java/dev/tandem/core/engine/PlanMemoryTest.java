package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs of a plan leave nothing behind, and its values share memory. */
class PlanMemoryTest {

  private static final DataType FLOAT = DataType.FLOAT;
  private static final int RUNS = 10_000;
  private static final long MOST_HEAP_A_STEP = 4096;
  private static final long MOST_NATIVE_GROWTH = 32L << 20;

  private static Steps.Gan ring() {
    Nets g = new Nets("g", FLOAT).dense(2, 16).relu().dense(16, 16).relu().dense(16, 2);
    Nets d = new Nets("d", FLOAT).dense(2, 16).leakyRelu().dense(16, 16).leakyRelu().dense(16, 1);
    return new Steps.Gan(g, d, FLOAT, 2, 8, Shape.of(2));
  }

  @Test
  void steps_thousandsInARow_takeNoMemory() {
    Steps.Gan gan = ring();
    INDArray real = Samples.random(TensorSpec.of(8, 2), 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long me = Thread.currentThread().getId();
    try (Plan d = new PlanEngine().prepare(gan.discriminatorStep());
        Plan g = new PlanEngine().prepare(gan.generatorStep())) {
      for (int i = 0; i < 500; i++) {
        run(d, g, real, i);
      }
      long heap = threads.getThreadAllocatedBytes(me);
      long tracked = Pointer.totalBytes();
      long physical = Pointer.physicalBytes();
      for (int i = 0; i < RUNS; i++) {
        run(d, g, real, i);
      }
      assertThat((threads.getThreadAllocatedBytes(me) - heap) / RUNS).isLessThan(MOST_HEAP_A_STEP);
      assertThat(Pointer.totalBytes() - tracked).isLessThan(MOST_NATIVE_GROWTH);
      assertThat(Pointer.physicalBytes() - physical).isLessThan(MOST_NATIVE_GROWTH);
    }
  }

  private static void run(Plan d, Plan g, INDArray real, int step) {
    d.feed("real", real);
    d.feed("alpha", 1e-3);
    d.run(1, step);
    g.feed("alpha", 1e-3);
    g.run(1, step);
    if (!Double.isFinite(d.scalar("loss") + g.scalar("loss"))) {
      throw new IllegalStateException("loss is not finite in step " + step);
    }
  }

  @Test
  void arena_ofATrainingStep_isSmallerThanItsBuffers() {
    try (Plan plan = new PlanEngine().prepare(ring().discriminatorStep())) {
      PlanProfile profile = plan.describe();
      assertThat(profile.arenaBytes()).isPositive().isLessThan(profile.unsharedBytes());
    }
  }
}
