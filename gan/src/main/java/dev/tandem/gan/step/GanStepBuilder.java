package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Branch;
import dev.tandem.gan.conditioning.Branches;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builder of the steps of both sides as models from real samples to one number: the sum over the
 * branches that the pair's conditioning gives. Real samples and fakes are judged by calls of their
 * own, so batch norm in the discriminator never mixes them, unless the objective asks for one call
 * of both.
 */
final class GanStepBuilder {

  /**
   * The graph of a step.
   *
   * @param model from its inputs to one number
   * @param updated layers outside of both sides whose state the step updates
   */
  record StepModel(Model model, ImmutableList<Layer> updated) {}

  private final AdversarialPair pair;
  private final Objective objective;
  private final ScheduledScalars scalars;
  private final @Nullable FakeStore store;

  /**
   * A builder.
   *
   * @param store of fakes that the generator's step leaves and the discriminator's takes, if it
   *     does not make its own
   * @throws IllegalArgumentException if the objective has a part for one discriminator only, and
   *     there are two
   */
  GanStepBuilder(AdversarialPair pair, Objective objective, @Nullable FakeStore store) {
    if (pair.directions().size() > 1) {
      requireNoneOfOneDiscriminator(objective);
    }
    this.pair = pair;
    this.store = store;
    this.objective = objective;
    this.scalars = new ScheduledScalars(pair, objective);
  }

  private static void requireNoneOfOneDiscriminator(Objective objective) {
    if (objective.adapts()) {
      throw new IllegalArgumentException(
          "adaptive strength of augmentations follows one discriminator, and a cycle has two; take"
              + " Strength.scheduled");
    }
    if (objective.judgedTogether()) {
      throw new IllegalArgumentException(
          "real samples and fakes of a cycle are not judged together; leave judgingTogether out");
    }
  }

  /** The discriminator's step: its loss and the penalties of every step. */
  StepModel discriminator(String name) {
    Sum sum = new Sum();
    Branches branches = branches(true);
    for (Branch branch : branches.all()) {
      BranchGraph graph = new BranchGraph(branch, scalars);
      Optional<Layer> replay = branch.replay();
      replay.ifPresent(sum.updated::add);
      CriticContext critic = graph.critic(fakes(branch), replay);
      if (objective.judgedTogether()) {
        graph.judgeTogether(critic.real(), critic.fake());
      }
      sum.add(objective.discriminatorLoss(critic));
      addPenalties(sum, critic, 1);
      sum.total = scalars.adapted(sum.total(), critic);
      branch.discriminatorTerms(graph, critic.real(), critic.fake()).forEach(sum::add);
      sum.updated.addAll(critic.updated());
    }
    return sum.step(name, branches);
  }

  /** A step of the penalties of one interval alone, with that many times their weight. */
  StepModel penalties(String name, int every) {
    Sum sum = new Sum();
    Branches branches = branches(true);
    for (Branch branch : branches.all()) {
      CriticContext critic =
          new BranchGraph(branch, scalars).critic(fakes(branch), Optional.empty());
      addPenalties(sum, critic, every);
      sum.updated.addAll(critic.updated());
    }
    sum.total = Tensors.scale(sum.total(), every);
    return sum.step(name, branches);
  }

  /** The generator's step: its loss through the discriminator, and its terms. */
  StepModel generator(String name) {
    boolean withReal = objective.loss().comparesWithReal() || !objective.generatorTerms().isEmpty();
    Sum sum = new Sum();
    Branches branches = branches(withReal);
    for (Branch branch : branches.all()) {
      BranchGraph graph = new BranchGraph(branch, scalars);
      List<SymbolicTensor> fakes = branch.fakes();
      CriticContext critic = graph.critic(fakes);
      sum.add(objective.generatorLoss(critic));
      branch.generatorTerms(graph, critic.fake()).forEach(sum::add);
      if (store != null) {
        sum.total = store.apply(sum.total(), fakes.get(0));
        sum.updated.add(store);
      }
    }
    return sum.step(name, branches);
  }

  private Branches branches(boolean withReal) {
    return pair.conditioning().branches(pair.networks(), withReal);
  }

  private List<SymbolicTensor> fakes(Branch branch) {
    return store == null ? branch.fakes() : List.of(store.beside(branch.real().get(0)));
  }

  private void addPenalties(Sum sum, CriticContext critic, int every) {
    for (ScheduledPenalty scheduled : objective.penalties()) {
      if (scheduled.every() == every) {
        sum.add(scalars.scaled(scheduled, scheduled.penalty().term(critic)));
      }
    }
  }

  /** The terms of a step so far. */
  private static final class Sum {

    private final List<Layer> updated = new ArrayList<>();
    private @Nullable SymbolicTensor total;

    void add(SymbolicTensor term) {
      total = total == null ? term : Tensors.add(total, term);
    }

    SymbolicTensor total() {
      return Objects.requireNonNull(total);
    }

    /** The step of this sum, with those inputs alone that it needs. */
    StepModel step(String name, Branches branches) {
      SymbolicTensor loss = total();
      List<Input> inputs = UsedInputs.of(branches.inputs(), loss);
      return new StepModel(Model.of(name, inputs, List.of(loss)), ImmutableList.copyOf(updated));
    }
  }
}
