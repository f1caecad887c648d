package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.normal;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.optimizer.Adam;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps like those before leave nothing behind: a GAN on points of the plane, the smallest there
 * is.
 */
class SteadyStateTest {

  private static final int STEPS = 3_334;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final INDArray real = normal(1, 16, 2);
  private final INDArray fake = normal(3, 16, 2);
  private final INDArray noise = normal(2, 16, 4);
  private final INDArray ones = Nd4j.ones(DataType.FLOAT, 16, 1);
  private final INDArray zeros = Nd4j.zeros(DataType.FLOAT, 16, 1);
  private final Trainer d;
  private final Trainer g;

  SteadyStateTest() {
    Input z = Input.of("z", 4);
    Model generator =
        Model.sequential(
            "generator",
            z,
            Dense.units(8).activation(Activations.relu()).named("g1"),
            Dense.units(2).named("g2"));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("point", 2),
            Dense.units(8).activation(Activations.relu()).named("d1"),
            Dense.units(1).named("d2"));
    Training recipe = Training.with(Adam.rate(1e-4)).loss(Losses.binaryCrossentropy().fromLogits());
    d = discriminator.compile(recipe);
    g = Model.of("gan", z, discriminator.apply(generator.apply(z))).compile(recipe.only(generator));
  }

  /** Three updates. */
  private void step() {
    d.trainOnBatch(real, ones);
    d.trainOnBatch(fake, zeros);
    g.trainOnBatch(noise, ones);
  }

  private static long heapBytes(int times, Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
  }

  @Test
  void tenThousandUpdates_makeNoArraysAndLittleGarbage() {
    heapBytes(300, this::step);
    System.gc();
    long memory = Pointer.physicalBytes();
    long buffers = Nd4j.getDeallocatorService().nextValue();
    long perStep = heapBytes(STEPS, this::step);
    buffers = Nd4j.getDeallocatorService().nextValue() - buffers - 1;
    System.gc();
    memory = Pointer.physicalBytes() - memory;
    List<Program> programs = d.programs();
    long inPrograms = heapBytes(300, () -> programs.forEach(program -> program.run(0, 1)));
    System.out.printf(
        Locale.ROOT,
        "a GAN step of three updates: %,d bytes of heap, %,d in the programs of one of them; %,d"
            + " off-heap buffers and %+,d bytes of physical memory in %,d steps%n",
        perStep,
        inPrograms,
        buffers,
        memory,
        STEPS);
    assertThat(buffers).isZero();
    assertThat(memory).isLessThan(64 << 20);
    assertThat(perStep).isLessThan(6 << 10);
  }
}
