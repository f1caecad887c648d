package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.model.Model;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kind of conditioning: what the networks are told, or have to tell, besides their samples. A
 * label is an int32 input (batch), classes counted from 0; how a network uses it (concatenated,
 * projected) is up to the network, see {@link dev.tandem.gan.net.ClassInputs}.
 *
 * <p>Each case is a record of its numbers and answers every question about its kind, so that a new
 * one is a class here and a sample in the tests.
 */
public sealed interface Conditioning permits None, Classes, Auxiliary, Translation, Cycle {

  /** No conditioning. */
  static Conditioning none() {
    return new None();
  }

  /**
   * Checks that networks, latent and packing fit each other and this kind.
   *
   * @throws IllegalArgumentException if they do not; names the network and both shapes
   */
  void check(Networks networks);

  /** The number of classes that the generator is told, counted from 0; 0 without classes. */
  default int classes() {
    return 0;
  }

  /** Whether data sets need labels. */
  default boolean needsLabels() {
    return false;
  }

  /** Whether the generator starts from samples of the data instead of a latent. */
  default boolean translates() {
    return false;
  }

  /** Whether fakes can be judged in a later step, without anything that belongs to each. */
  default boolean reusesFakes() {
    return false;
  }

  /**
   * The networks of each direction in one side of a pair, or in a copy of that side: itself, with a
   * cycle two.
   */
  default ImmutableList<Model> parts(Model side) {
    return ImmutableList.of(side);
  }

  /**
   * The inputs of a step, and a branch of its graph for each direction.
   *
   * @param withReal whether the step takes real samples; else {@link InputNames#ROWS} gives the
   *     batch size to a generator that starts from a latent
   */
  Branches branches(Networks networks, boolean withReal);

  /**
   * The columns that steps take, for each data set: one set, or with a cycle one of each domain.
   */
  ImmutableList<ImmutableList<DataColumn>> columns(Networks networks);

  /** The step input whose column holds real samples like those of the generator's first part. */
  default String realSamples() {
    return InputNames.real(0);
  }

  /**
   * Inputs of the generator's first part for samples outside of steps: new arrays (count, …), which
   * the caller closes.
   *
   * @param seed decides the latents, or the rows of the data that it starts from
   * @param data so many rows of a column by that seed, new ones, by its step input
   */
  ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data);
}
