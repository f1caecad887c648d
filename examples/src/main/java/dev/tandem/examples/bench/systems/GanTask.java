package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Task;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Two nets, their data and how they are trained.
 *
 * @param batch the samples of a step
 * @param latent the size of the noise
 * @param real (batch, …) arrays
 * @param adam of both sides
 */
public record GanTask(
    Model generator,
    Model discriminator,
    GanObjective objective,
    int batch,
    int latent,
    ImmutableList<INDArray> real,
    Adam adam) {

  /** The nets and data of a task that is a GAN. */
  public static GanTask of(Task task) {
    return switch (task) {
      case RING ->
          new GanTask(
              BenchNets.ringGenerator(),
              BenchNets.ringDiscriminator(),
              GanObjective.NON_SATURATING,
              256,
              2,
              arrays(BenchData.ring(256), 256, 2),
              adam(1e-3, 0.5, 0.999));
      case DCGAN28 -> images28(GanObjective.NON_SATURATING, adam(2e-4, 0.5, 0.999));
      case WGANGP28 -> images28(GanObjective.WASSERSTEIN_PENALTY, adam(1e-4, 0, 0.9));
      case DCGAN32 ->
          new GanTask(
              BenchNets.generator32(),
              BenchNets.discriminator32(),
              GanObjective.NON_SATURATING,
              64,
              128,
              arrays(BenchData.images(64, 32, 3), 64, 32, 32, 3),
              adam(2e-4, 0.5, 0.999));
      case DCGAN64 ->
          new GanTask(
              BenchNets.generator64(),
              BenchNets.discriminator64(),
              GanObjective.NON_SATURATING,
              128,
              100,
              arrays(BenchData.images(128, 64, 3), 128, 64, 64, 3),
              adam(2e-4, 0.5, 0.999));
      default -> throw new IllegalArgumentException(task.label() + " is no GAN");
    };
  }

  private static GanTask images28(GanObjective objective, Adam adam) {
    return new GanTask(
        BenchNets.generator28(),
        BenchNets.discriminator28(),
        objective,
        64,
        100,
        arrays(BenchData.images(64, 28, 1), 64, 28, 28, 1),
        adam);
  }

  private static Adam adam(double rate, double beta1, double beta2) {
    return Adam.rate(rate).beta1(beta1).beta2(beta2).epsilon(1e-8);
  }

  /** A sample's shape. */
  Shape sample() {
    return discriminator.inputs().values().asList().get(0).shape().sample();
  }

  /** Java arrays as arrays of a shape. */
  public static ImmutableList<INDArray> arrays(float[][] batches, long... shape) {
    return Arrays.stream(batches)
        .map(values -> Nd4j.createFromArray(values).reshape('c', shape))
        .collect(ImmutableList.toImmutableList());
  }
}
