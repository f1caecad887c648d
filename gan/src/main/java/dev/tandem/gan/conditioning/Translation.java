package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator makes a sample of a source, such as a picture of its edges, and the discriminator
 * sees both, the source before the sample along the last axis (Pix2Pix, Isola et al., 2016,
 * arXiv:1611.07004). The data has a source for each sample; there is no latent.
 *
 * @param distance weight of the mean absolute difference to the sample that belongs to the source,
 *     in the generator's loss; at least 0
 */
public record Translation(double distance) implements Conditioning {

  /** Checks the weight. */
  public Translation {
    Numbers.requireWeight("distance", distance);
  }

  @Override
  public void check(Networks networks) {
    networks.requireUnpacked();
    TranslationChecks.requireNoLatent(networks, this);
    TranslationChecks.translation(nets(networks));
  }

  private static Direction nets(Networks networks) {
    return new Direction(networks.generator(), networks.discriminator());
  }

  @Override
  public boolean translates() {
    return true;
  }

  @Override
  public Branches branches(Networks networks, boolean withReal) {
    Direction nets = nets(networks);
    Input real = InputNames.input(InputNames.real(0), nets.to());
    Input source = InputNames.input(InputNames.SOURCE, nets.from());
    SymbolicTensor fake = nets.generator().apply(source);
    return Branches.one(
        ImmutableList.of(real, source),
        new Branch() {
          @Override
          public Model discriminator() {
            return nets.discriminator();
          }

          @Override
          public ImmutableList<SymbolicTensor> real() {
            return ImmutableList.of(real);
          }

          @Override
          public ImmutableList<SymbolicTensor> fakes() {
            return ImmutableList.of(fake);
          }

          @Override
          public ImmutableList<SymbolicTensor> before() {
            return ImmutableList.of(source);
          }

          @Override
          public ImmutableMap<String, SymbolicTensor> generatorTerms(
              Critic critic, SymbolicTensor judged) {
            return distance > 0
                ? ImmutableMap.of("distance", MeanAbsoluteError.of(fake, real, distance))
                : ImmutableMap.of();
          }
        });
  }

  @Override
  public ImmutableList<ImmutableList<DataColumn>> columns(Networks networks) {
    return ImmutableList.of(SampleColumn.pairs(nets(networks)));
  }

  @Override
  public ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data) {
    return ImmutableList.of(data.apply(InputNames.SOURCE));
  }
}
