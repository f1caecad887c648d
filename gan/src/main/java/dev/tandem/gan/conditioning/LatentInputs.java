package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.Shape;

/**
 * The inputs of a step whose generator starts from a latent.
 *
 * @param real the samples of one pack, or none
 * @param all real samples, or {@link InputNames#ROWS}, and further inputs
 */
record LatentInputs(ImmutableList<Input> real, ImmutableList<Input> all) {

  static LatentInputs of(Networks networks, boolean withReal) {
    if (!withReal) {
      Input rows = Input.of(InputNames.ROWS, Shape.of(1), networks.sample().dtype());
      return new LatentInputs(ImmutableList.of(), ImmutableList.of(rows));
    }
    ImmutableList.Builder<Input> real = ImmutableList.builder();
    for (int i = 0; i < networks.packing(); i++) {
      real.add(InputNames.input(InputNames.real(i), networks.sample()));
    }
    return new LatentInputs(real.build(), real.build());
  }

  LatentInputs and(Input further) {
    return new LatentInputs(real, ImmutableList.<Input>builder().addAll(all).add(further).build());
  }

  /** The input whose batch size latents have. */
  Input first() {
    return all.get(0);
  }
}
