package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A generator that starts from a latent, and from a label if there is one. */
class LatentBranch implements Branch {

  private final Networks networks;
  private final LatentInputs inputs;
  private final @Nullable SymbolicTensor label;
  private final boolean tellsDiscriminator;

  /**
   * A branch.
   *
   * @param label int32 (batch), or null
   * @param tellsDiscriminator whether the label is the discriminator's second input too
   */
  LatentBranch(
      Networks networks,
      LatentInputs inputs,
      @Nullable SymbolicTensor label,
      boolean tellsDiscriminator) {
    this.networks = networks;
    this.inputs = inputs;
    this.label = label;
    this.tellsDiscriminator = tellsDiscriminator;
  }

  @Override
  public Model discriminator() {
    return networks.discriminator();
  }

  @Override
  public ImmutableList<SymbolicTensor> real() {
    return ImmutableList.copyOf(inputs.real());
  }

  @Override
  public ImmutableList<SymbolicTensor> fakes() {
    ImmutableList.Builder<SymbolicTensor> fakes = ImmutableList.builder();
    for (int i = 0; i < networks.packing(); i++) {
      SymbolicTensor noise = networks.latent().sample(inputs.first());
      fakes.add(
          label == null
              ? networks.generator().apply(noise)
              : networks.generator().apply(noise, label));
    }
    return fakes.build();
  }

  @Override
  public List<SymbolicTensor> judged(SymbolicTensor samples) {
    return label != null && tellsDiscriminator ? List.of(samples, label) : List.of(samples);
  }
}
