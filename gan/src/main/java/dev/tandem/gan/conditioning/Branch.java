package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.util.List;
import java.util.Optional;

/** One generator against one discriminator in the graph of a step. */
public interface Branch {

  /** The ending of the names of layers with state, by which branches of a step differ. */
  default String suffix() {
    return "";
  }

  /** The discriminator of this direction. */
  Model discriminator();

  /** The real samples of one pack: (batch, …) each. */
  ImmutableList<SymbolicTensor> real();

  /** The fakes of one pack, through which gradients reach the generator: (batch, …) each. */
  ImmutableList<SymbolicTensor> fakes();

  /** The layer through which fakes go on their way to the discriminator's step, if any. */
  default Optional<Layer> replay() {
    return Optional.empty();
  }

  /** Tensors that the discriminator sees before samples along the last axis: (batch, …). */
  default ImmutableList<SymbolicTensor> before() {
    return ImmutableList.of();
  }

  /**
   * The inputs of the discriminator.
   *
   * @param samples (batch, …), packed and augmented
   */
  default List<SymbolicTensor> judged(SymbolicTensor samples) {
    return List.of(samples);
  }

  /**
   * Further terms of the discriminator's loss, scalars by the names under which they are reported.
   *
   * @param real (batch, …) as they are judged
   * @param fake (batch, …) as they are judged
   */
  default ImmutableMap<String, SymbolicTensor> discriminatorTerms(
      Critic critic, SymbolicTensor real, SymbolicTensor fake) {
    return ImmutableMap.of();
  }

  /**
   * Further terms of the generator's loss, scalars by the names under which they are reported.
   *
   * @param judged fakes (batch, …) as they are judged
   */
  default ImmutableMap<String, SymbolicTensor> generatorTerms(
      Critic critic, SymbolicTensor judged) {
    return ImmutableMap.of();
  }
}
