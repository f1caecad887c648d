package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Tensors;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.augment.VaryingAugmentation;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The scalars of one objective: the same ones in the steps of both sides. */
final class ScheduledScalars {

  private final AdversarialPair pair;
  private final int batches;
  private final ImmutableList<Augmentation> augmentations;
  private final Map<Object, ScheduledScalar> all = new IdentityHashMap<>();
  private final List<VaryingAugmentation> adaptive = new ArrayList<>();

  ScheduledScalars(AdversarialPair pair, Objective objective, int batches) {
    this.pair = pair;
    this.batches = batches;
    this.augmentations = objective.augmentations();
    int varied = 0;
    for (Augmentation augmentation : objective.augmentations()) {
      if (augmentation instanceof VaryingAugmentation varying && !all.containsKey(varying)) {
        String name = numbered("augmentation", varied++);
        if (varying.strength() instanceof Strength.Scheduled scheduled) {
          all.put(varying, new ScheduledScalar(name, scheduled.schedule()));
        } else {
          all.put(varying, new ScheduledScalar(name));
          adaptive.add(varying);
        }
      }
    }
    int penalties = 0;
    for (ScheduledPenalty penalty : objective.penalties()) {
      if (penalty.factor().isPresent() && !all.containsKey(penalty)) {
        String name = numbered("penalty", penalties++);
        all.put(penalty, new ScheduledScalar(name, penalty.factor().get()));
      }
    }
  }

  private static String numbered(String name, int number) {
    return number == 0 ? name : name + "_" + (number + 1);
  }

  private ScheduledScalar of(Object scheduled) {
    return Objects.requireNonNull(all.get(scheduled));
  }

  /** Samples after all augmentations, each at its strength. */
  SymbolicTensor augmented(SymbolicTensor samples) {
    SymbolicTensor changed = samples;
    for (Augmentation augmentation : augmentations) {
      changed =
          augmentation instanceof VaryingAugmentation varying
              ? Lambda.of((ops, in) -> varying.apply(ops, in.get(0), in.get(1)))
                  .apply(changed, of(varying).apply(changed))
              : Lambda.of((ops, in) -> augmentation.apply(ops, in.get(0))).apply(changed);
    }
    return changed;
  }

  /** A penalty with the factor of its weight, if it has one. */
  SymbolicTensor scaled(ScheduledPenalty penalty, SymbolicTensor term) {
    return penalty.factor().isEmpty() ? term : Tensors.multiply(term, of(penalty).apply(term));
  }

  /** The discriminator's loss, in whose step adaptive strengths move. */
  SymbolicTensor adapted(SymbolicTensor loss, CriticContext critic) {
    SymbolicTensor total = loss;
    for (VaryingAugmentation varying : adaptive) {
      ScheduledScalar scalar = of(varying);
      Strength.Adaptive how = (Strength.Adaptive) varying.strength();
      Adaptation adaptation = new Adaptation(how, scalar, pair.packing() * batches);
      total = adaptation.apply(total, critic.realScores());
      critic.updates(scalar);
      critic.updates(adaptation);
    }
    return total;
  }
}
