package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Branch;
import dev.tandem.gan.conditioning.Branches;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.penalty.GeneratorTerm;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builder of the steps of both sides as models from real samples to one number, the sum over the
 * branches that the pair's conditioning gives, and to the terms of that sum one by one. Real
 * samples and fakes are judged by calls of their own, so batch norm in the discriminator never
 * mixes them, unless the objective asks for one call of both.
 */
final class GanStepBuilder {

  /** The mean score of real samples in a step of the discriminator. */
  static final String REAL_SCORE = "real_score";

  /** The mean score of fakes in a step of the discriminator. */
  static final String FAKE_SCORE = "fake_score";

  /**
   * The graph of a step.
   *
   * @param model from its inputs to the loss, its first output, and to what is reported beside it
   * @param updated layers outside of both sides whose state the step updates
   */
  record StepModel(Model model, ImmutableList<Layer> updated) {}

  private static final String ADVERSARIAL = "adversarial";

  private final AdversarialPair pair;
  private final Objective objective;
  private final ScheduledScalars scalars;
  private final @Nullable FakeStore store;

  /**
   * A builder.
   *
   * @param store of fakes that the generator's step leaves and the discriminator's takes, if it
   *     does not make its own
   * @param batches how many batches make the gradient of a step
   * @throws IllegalArgumentException if the objective has a part for one discriminator only, and
   *     there are two
   */
  GanStepBuilder(
      AdversarialPair pair, Objective objective, @Nullable FakeStore store, int batches) {
    if (pair.directions().size() > 1) {
      requireNoneOfOneDiscriminator(objective);
    }
    this.pair = pair;
    this.store = store;
    this.objective = objective;
    this.scalars = new ScheduledScalars(pair, objective, batches);
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
      sum.add(ADVERSARIAL, branch, objective.discriminatorLoss(critic));
      addPenalties(sum, branch, critic, 1);
      sum.total = scalars.adapted(sum.total(), critic);
      branch
          .discriminatorTerms(graph, critic.real(), critic.fake())
          .forEach((term, value) -> sum.add(term, branch, value));
      sum.report(REAL_SCORE, branch, critic.realScores());
      sum.report(FAKE_SCORE, branch, critic.fakeScores());
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
      addPenalties(sum, branch, critic, every);
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
      sum.add(generatorLoss(sum, branch, critic));
      branch
          .generatorTerms(graph, critic.fake())
          .forEach((term, value) -> sum.add(term, branch, value));
      if (store != null) {
        sum.total = store.apply(sum.total(), fakes.get(0));
        sum.updated.add(store);
      }
    }
    return sum.step(name, branches);
  }

  private SymbolicTensor generatorLoss(Sum sum, Branch branch, CriticContext critic) {
    SymbolicTensor total = objective.loss().generator(critic);
    sum.report(ADVERSARIAL, branch, total);
    for (GeneratorTerm term : objective.generatorTerms()) {
      SymbolicTensor value = term.term(critic);
      sum.report(TermNames.of(term, "term"), branch, value);
      total = Tensors.add(total, value);
    }
    return total;
  }

  private Branches branches(boolean withReal) {
    return pair.conditioning().branches(pair.networks(), withReal);
  }

  private List<SymbolicTensor> fakes(Branch branch) {
    return store == null ? branch.fakes() : List.of(store.beside(branch.real().get(0)));
  }

  private void addPenalties(Sum sum, Branch branch, CriticContext critic, int every) {
    for (ScheduledPenalty scheduled : objective.penalties()) {
      if (scheduled.every() == every) {
        String term = TermNames.of(scheduled.penalty(), "penalty");
        sum.add(term, branch, scalars.scaled(scheduled, scheduled.penalty().term(critic)));
      }
    }
  }

  /** The terms of a step so far. */
  private final class Sum {

    private final List<Layer> updated = new ArrayList<>();
    private final TermNames names = TermNames.beside(pair);
    private final Map<String, SymbolicTensor> reported = new LinkedHashMap<>();
    private @Nullable SymbolicTensor total;

    void add(SymbolicTensor term) {
      total = total == null ? term : Tensors.add(total, term);
    }

    /** Adds a term that is reported by itself too. */
    void add(String name, Branch branch, SymbolicTensor term) {
      report(name, branch, term);
      add(term);
    }

    /** Reports the mean of some numbers of a branch. */
    void report(String name, Branch branch, SymbolicTensor numbers) {
      reported.put(names.free(name + branch.suffix()), numbers);
    }

    SymbolicTensor total() {
      return Objects.requireNonNull(total);
    }

    /** The step of this sum, with those inputs alone that it needs. */
    StepModel step(String name, Branches branches) {
      SymbolicTensor loss = total();
      List<Input> inputs = UsedInputs.of(branches.inputs(), loss);
      List<SymbolicTensor> outputs = new ArrayList<>(List.of(loss));
      reported.forEach(
          (term, numbers) ->
              outputs.add(Lambda.of(term, (ops, in) -> ops.mean(in.get(0))).apply(numbers)));
      return new StepModel(Model.of(name, inputs, outputs), ImmutableList.copyOf(updated));
    }
  }
}
