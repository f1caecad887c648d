package dev.tandem.gan.objective;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.augment.VaryingAugmentation;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.loss.AdversarialLoss;
import dev.tandem.gan.objective.loss.LabelNoise;
import dev.tandem.gan.objective.loss.PointwiseLoss;
import dev.tandem.gan.objective.penalty.GeneratorTerm;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The losses of both sides: {@code Objective.of(wasserstein()).penalty(gradientPenalty(10))}.
 * Losses, penalties, label noise and augmentations are independent of each other.
 *
 * @param loss on scores
 * @param penalties on the discriminator, each in every step or lazily
 * @param labels what the discriminator is told
 * @param augmentations of all that is judged, real samples and fakes, in the steps of both sides
 *     and in this order (DiffAugment, Zhao et al., 2020, arXiv:2006.10738)
 * @param clip what the discriminator's parameters are held within after each of its steps, if they
 *     are: [−clip, clip] (Arjovsky et al., 2017, arXiv:1701.07875); those that are frozen stay
 * @param generatorTerms of the generator's loss besides the scores' own
 * @param judgedTogether whether the discriminator's step judges real samples and fakes by one call
 */
public record Objective(
    AdversarialLoss loss,
    ImmutableList<ScheduledPenalty> penalties,
    LabelNoise labels,
    ImmutableList<Augmentation> augmentations,
    OptionalDouble clip,
    ImmutableList<GeneratorTerm> generatorTerms,
    boolean judgedTogether) {

  /**
   * Checks that the parts go together.
   *
   * @throws IllegalArgumentException if label noise meets a loss that compares samples
   */
  public Objective {
    Objects.requireNonNull(loss, "loss");
    if (!labels.isNone() && !(loss instanceof PointwiseLoss)) {
      throw new IllegalArgumentException(
          loss
              + " compares samples with each other and has no labels, so they cannot be noisy: "
              + labels
              + "; take a loss of each score by itself, or no label noise");
    }
    if (clip.isPresent() && !(clip.getAsDouble() > 0)) {
      throw new IllegalArgumentException("weight clip is not above 0: " + clip.getAsDouble());
    }
  }

  /** A loss alone. */
  public static Objective of(AdversarialLoss loss) {
    return new Objective(
        loss,
        ImmutableList.of(),
        LabelNoise.none(),
        ImmutableList.of(),
        OptionalDouble.empty(),
        ImmutableList.of(),
        false);
  }

  /**
   * The discriminator's loss on scores, labels as noisy as they are: a scalar.
   *
   * @throws IllegalStateException if scores alone do not tell it, as with {@link
   *     dev.tandem.gan.objective.loss.AdversarialLosses#equilibrium}
   */
  public Value discriminatorLoss(Ops ops, Value real, Value fake) {
    return loss instanceof PointwiseLoss pointwise && !labels.isNone()
        ? labels.discriminator(ops, pointwise, real, fake)
        : loss.discriminator(ops, real, fake);
  }

  /** The same with other penalties. */
  public Objective penalties(ImmutableList<ScheduledPenalty> others) {
    return with(draft -> draft.penalties = others);
  }

  /** Whether the strength of an augmentation follows the discriminator's scores. */
  public boolean adapts() {
    return augmentations.stream()
        .anyMatch(
            augmentation ->
                augmentation instanceof VaryingAugmentation varying
                    && varying.strength() instanceof Strength.Adaptive);
  }

  /** The discriminator's loss in its step, without penalties: a scalar. */
  public SymbolicTensor discriminatorLoss(CriticContext critic) {
    return labels.isNone()
        ? loss.discriminator(critic)
        : Lambda.of((ops, in) -> discriminatorLoss(ops, in.get(0), in.get(1)))
            .apply(critic.realScores(), critic.fakeScores());
  }

  /** The same with a penalty in every step of the discriminator. */
  public Objective penalty(Penalty penalty) {
    return lazyPenalty(penalty, 1);
  }

  /**
   * The same with a penalty whose weight changes over the training: {@code penalty(r1(1),
   * Schedules.cosineDecay(10, 5_000, 1))}.
   *
   * @param factor of the penalty's weight over the steps of the discriminator, counted from 0
   */
  public Objective penalty(Penalty penalty, Schedule factor) {
    return and(new ScheduledPenalty(penalty, 1, Optional.of(factor)));
  }

  /**
   * The same with a penalty in a step of its own after every so many steps of the discriminator
   * (StyleGAN2, Karras et al., 2019, arXiv:1912.04958): with that many times its weight, and Adam
   * slowed down by {@code c = k / (k + 1)} (rate · c, β^c), so that it costs less and moves as
   * much.
   */
  public Objective lazyPenalty(Penalty penalty, int every) {
    return and(new ScheduledPenalty(penalty, every));
  }

  /**
   * A lazy penalty whose weight changes over the training.
   *
   * @param factor of the penalty's weight over the steps of the discriminator, counted from 0; that
   *     of the step before it
   */
  public Objective lazyPenalty(Penalty penalty, int every, Schedule factor) {
    return and(new ScheduledPenalty(penalty, every, Optional.of(factor)));
  }

  private Objective and(ScheduledPenalty scheduled) {
    return penalties(
        ImmutableList.<ScheduledPenalty>builder().addAll(penalties).add(scheduled).build());
  }

  /** The same with real samples that count as fakes with this weight. */
  public Objective smoothLabels(double smoothing) {
    return labels(new LabelNoise(smoothing, labels.flipping()));
  }

  /** The same with labels that are the other one with this probability. */
  public Objective flipLabels(double probability) {
    return labels(new LabelNoise(labels.smoothing(), probability));
  }

  private Objective labels(LabelNoise noise) {
    return with(draft -> draft.labels = noise);
  }

  /** The same with one more augmentation, behind those there are. */
  public Objective augment(Augmentation augmentation) {
    ImmutableList<Augmentation> more =
        ImmutableList.<Augmentation>builder().addAll(augmentations).add(augmentation).build();
    return with(draft -> draft.augmentations = more);
  }

  /**
   * The same with the discriminator's parameters held within [−limit, limit] after each of its
   * steps. Parameters that the step does not move are not held either: frozen ones stay.
   */
  public Objective clipWeights(double limit) {
    return with(draft -> draft.clip = OptionalDouble.of(limit));
  }

  /** The same with one more term of the generator's loss. */
  public Objective generatorTerm(GeneratorTerm term) {
    ImmutableList<GeneratorTerm> more =
        ImmutableList.<GeneratorTerm>builder().addAll(generatorTerms).add(term).build();
    return with(draft -> draft.generatorTerms = more);
  }

  /**
   * The same with real samples and fakes judged by one call of the discriminator in its step, on a
   * batch of twice the size: the same loss up to rounding, but for layers whose state moves in each
   * call, as in spectral normalization. It is faster with small nets, and slower with penalties on
   * gradients of scores. A discriminator that mixes samples of a batch is refused when steps are
   * compiled.
   */
  public Objective judgingTogether() {
    return with(draft -> draft.judgedTogether = true);
  }

  private Objective with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** The components of an objective while one of them changes. */
  private static final class Draft {

    private final AdversarialLoss loss;
    private ImmutableList<ScheduledPenalty> penalties;
    private LabelNoise labels;
    private ImmutableList<Augmentation> augmentations;
    private OptionalDouble clip;
    private ImmutableList<GeneratorTerm> generatorTerms;
    private boolean judgedTogether;

    Draft(Objective from) {
      loss = from.loss;
      penalties = from.penalties;
      labels = from.labels;
      augmentations = from.augmentations;
      clip = from.clip;
      generatorTerms = from.generatorTerms;
      judgedTogether = from.judgedTogether;
    }

    Objective build() {
      return new Objective(
          loss, penalties, labels, augmentations, clip, generatorTerms, judgedTogether);
    }
  }
}
