package dev.tandem.gan.step;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.gan.conditioning.Branch;
import dev.tandem.gan.conditioning.Critic;
import dev.tandem.gan.objective.critic.CriticContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph of one branch in a step: packed and augmented samples, each judged once. */
final class BranchGraph implements Critic {

  private final Branch branch;
  private final ScheduledScalars scalars;
  private final LayerOutputs layers;
  private final Map<SymbolicTensor, List<SymbolicTensor>> judged = new HashMap<>();

  BranchGraph(Branch branch, ScheduledScalars scalars) {
    this.branch = branch;
    this.scalars = scalars;
    this.layers = new LayerOutputs(branch.discriminator());
  }

  /**
   * The critic of the discriminator's step, in which no gradient reaches the generator.
   *
   * @param fakes of one pack, (batch, …) each
   * @param replay through which they go first, if any
   */
  CriticContext critic(List<SymbolicTensor> fakes, Optional<Layer> replay) {
    SymbolicTensor apart = Tensors.stopGradient(packed(fakes));
    return context(replay.map(layer -> layer.apply(apart)).orElse(apart));
  }

  /**
   * The critic of the generator's step.
   *
   * @param fakes of one pack, (batch, …) each
   */
  CriticContext critic(List<SymbolicTensor> fakes) {
    return context(packed(fakes));
  }

  private CriticContext context(SymbolicTensor fakes) {
    return new CriticContext(
        samples -> outputs(samples).get(0),
        (layer, samples) -> layers.of(layer, branch.judged(samples)),
        () -> asJudged(packed(branch.real())),
        asJudged(fakes),
        branch.suffix());
  }

  private SymbolicTensor asJudged(SymbolicTensor samples) {
    List<SymbolicTensor> all = new ArrayList<>(branch.before());
    all.add(samples);
    return scalars.augmented(packed(all));
  }

  private static SymbolicTensor packed(List<SymbolicTensor> samples) {
    return samples.size() == 1
        ? samples.get(0)
        : Lambda.of((ops, in) -> ops.concat(-1, in)).apply(samples.toArray(SymbolicTensor[]::new));
  }

  @Override
  public List<SymbolicTensor> outputs(SymbolicTensor samples) {
    return judged.computeIfAbsent(
        samples, each -> branch.discriminator().applyAll(branch.judged(each)));
  }

  /** Judges both by one call of the discriminator, before either is asked for. */
  void judgeTogether(SymbolicTensor real, SymbolicTensor fake) {
    List<SymbolicTensor> both = Stacking.both(branch.judged(real), branch.judged(fake));
    List<SymbolicTensor> outputs = branch.discriminator().applyAll(both);
    judged.put(real, Stacking.first(outputs));
    judged.put(fake, Stacking.second(outputs));
  }
}
