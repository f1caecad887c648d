package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** No conditioning; the discriminator may judge packs of samples. */
record None() implements Conditioning {

  @Override
  public void check(Networks networks) {
    NetworkChecks.check(networks, this, 1, 1);
  }

  @Override
  public boolean reusesFakes() {
    return true;
  }

  @Override
  public Branches branches(Networks networks, boolean withReal) {
    LatentInputs inputs = LatentInputs.of(networks, withReal);
    return Branches.one(inputs.all(), new LatentBranch(networks, inputs, null, false));
  }

  @Override
  public ImmutableList<ImmutableList<DataColumn>> columns(Networks networks) {
    return ImmutableList.of(ImmutableList.of(SampleColumn.ofGenerator(networks)));
  }

  @Override
  public ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data) {
    return ImmutableList.of(networks.latents(count, seed));
  }
}
