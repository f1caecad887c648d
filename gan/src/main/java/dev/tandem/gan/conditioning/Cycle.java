package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two generators, from a first domain to a second one and back, and a discriminator in each domain
 * (CycleGAN, Zhu et al., 2017, arXiv:1703.10593). Samples of the two domains do not belong
 * together; there is no latent. Weights are those of mean absolute differences in the generators'
 * loss, at least 0.
 *
 * @param cycle weight of what a sample has become, there and back, to the sample
 * @param identity weight of what a generator makes of a sample of the domain that it leads to, to
 *     that sample; 0 for none
 * @param pool how many earlier fakes of each generator are stored for its discriminator, which sees
 *     one of them in place of half of the new ones (Shrivastava et al., 2016, arXiv:1612.07828); 0
 *     for none
 */
public record Cycle(double cycle, double identity, int pool) implements Conditioning {

  /** Checks the numbers. */
  public Cycle {
    Numbers.requireWeight("cycle", cycle);
    Numbers.requireWeight("identity", identity);
    if (pool < 0) {
      throw new IllegalArgumentException("size of the replay pool is not at least 0: " + pool);
    }
  }

  @Override
  public void check(Networks networks) {
    networks.requireUnpacked();
    TranslationChecks.requireNoLatent(networks, this);
    ImmutableList<Direction> nets = directions(networks);
    TranslationChecks.cycle(nets.get(0), nets.get(1), this);
  }

  /**
   * The two sides of a pair for this.
   *
   * @throws IllegalArgumentException if the networks do not fit each other
   */
  public Networks networks(Direction forth, Direction back) {
    TranslationChecks.cycle(forth, back, this);
    return Networks.withoutLatent(
        ParallelNets.of("generators", forth.generator(), back.generator()),
        ParallelNets.of("discriminators", forth.discriminator(), back.discriminator()));
  }

  @Override
  public boolean translates() {
    return true;
  }

  @Override
  public ImmutableList<Model> parts(Model side) {
    return ParallelNets.parts(side);
  }

  @Override
  public String realSamples() {
    return InputNames.real(1);
  }

  private ImmutableList<Direction> directions(Networks networks) {
    return networks.directions(this);
  }

  @Override
  public Branches branches(Networks networks, boolean withReal) {
    Direction forth = directions(networks).get(0);
    Direction back = directions(networks).get(1);
    Input first = InputNames.input(InputNames.real(0), forth.from());
    Input second = InputNames.input(InputNames.real(1), forth.to());
    return new Branches(
        ImmutableList.of(first, second),
        ImmutableList.of(
            new OneWay("forth", forth, back.generator(), first, second),
            new OneWay("back", back, forth.generator(), second, first)));
  }

  /** One direction. */
  private final class OneWay implements Branch {

    private final String name;
    private final Direction nets;
    private final Model back;
    private final SymbolicTensor from;
    private final SymbolicTensor to;
    private final SymbolicTensor fake;

    /**
     * A direction.
     *
     * @param name of the direction, by which its state is told from the other's
     * @param back the generator of the other direction
     * @param from real samples of the domain that it starts from
     * @param to real samples of the domain that it leads to
     */
    OneWay(String name, Direction nets, Model back, SymbolicTensor from, SymbolicTensor to) {
      this.name = name;
      this.nets = nets;
      this.back = back;
      this.from = from;
      this.to = to;
      this.fake = nets.generator().apply(from);
    }

    @Override
    public String suffix() {
      return "_" + name;
    }

    @Override
    public Model discriminator() {
      return nets.discriminator();
    }

    @Override
    public ImmutableList<SymbolicTensor> real() {
      return ImmutableList.of(to);
    }

    @Override
    public ImmutableList<SymbolicTensor> fakes() {
      return ImmutableList.of(fake);
    }

    @Override
    public Optional<Layer> replay() {
      return pool == 0 ? Optional.empty() : Optional.of(new ReplayPool("replay_" + name, pool));
    }

    @Override
    public ImmutableMap<String, SymbolicTensor> generatorTerms(
        Critic critic, SymbolicTensor judged) {
      ImmutableMap.Builder<String, SymbolicTensor> terms = ImmutableMap.builder();
      if (cycle > 0) {
        terms.put("cycle", MeanAbsoluteError.of(back.apply(fake), from, cycle));
      }
      if (identity > 0) {
        terms.put("identity", MeanAbsoluteError.of(nets.generator().apply(to), to, identity));
      }
      return terms.buildOrThrow();
    }
  }

  @Override
  public ImmutableList<ImmutableList<DataColumn>> columns(Networks networks) {
    ImmutableList<Direction> nets = directions(networks);
    return ImmutableList.of(
        ImmutableList.of(SampleColumn.ofDomain(nets.get(0), 0)),
        ImmutableList.of(SampleColumn.ofDomain(nets.get(1), 1)));
  }

  @Override
  public ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data) {
    return ImmutableList.of(data.apply(InputNames.real(0)));
  }
}
