package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.gan.objective.AdversarialLoss;
import dev.tandem.gan.objective.CriticContext;
import dev.tandem.gan.objective.GeneratorTerm;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Conditioning.Cycle;
import dev.tandem.gan.pair.Direction;
import dev.tandem.gan.step.GanStepBuilder.Drawn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the steps of a cycle: the sum of both directions, each with the objective's loss, penalties
 * and augmentations as if it were a pair of its own, and for the generators how well each sample
 * comes back, and stays what it is where it belongs.
 */
final class CycleStepBuilder implements StepBuilder {

  private final AdversarialPair pair;
  private final Cycle cycle;
  private final Objective objective;
  private final ScheduledScalars dials;

  /**
   * Drawings.
   *
   * @throws IllegalArgumentException if the objective has a part that knows one discriminator only
   */
  CycleStepBuilder(AdversarialPair pair, Cycle cycle, Objective objective) {
    if (objective.adapts()) {
      throw new IllegalArgumentException(
          "adaptive strength of augmentations follows one discriminator, and a cycle has two; take"
              + " Strength.scheduled");
    }
    if (objective.judgedTogether()) {
      throw new IllegalArgumentException(
          "real samples and fakes of a cycle are not judged together; leave judgingTogether out");
    }
    this.pair = pair;
    this.cycle = cycle;
    this.objective = objective;
    this.dials = new ScheduledScalars(pair, objective);
  }

  /**
   * A direction in one step.
   *
   * @param name what tells its state from the other's
   * @param nets of the direction
   * @param back the generator of the other one
   * @param from real samples of the domain that it starts from
   * @param to real samples of the domain that it leads to
   */
  private record Way(
      String name, Direction nets, Model back, SymbolicTensor from, SymbolicTensor to) {

    SymbolicTensor made() {
      return nets.generator().apply(from);
    }
  }

  private List<Input> inputs() {
    Direction forth = pair.directions().get(0);
    return List.of(
        Input.of(Steps.realName(0), forth.from().shape().sample(), forth.from().dtype()),
        Input.of(Steps.realName(1), forth.to().shape().sample(), forth.to().dtype()));
  }

  private List<Way> ways(List<Input> inputs) {
    Direction forth = pair.directions().get(0);
    Direction back = pair.directions().get(1);
    return List.of(
        new Way("forth", forth, back.generator(), inputs.get(0), inputs.get(1)),
        new Way("back", back, forth.generator(), inputs.get(1), inputs.get(0)));
  }

  @Override
  public Drawn discriminator(String name) {
    List<Input> inputs = inputs();
    List<Layer> moving = new ArrayList<>();
    SymbolicTensor total = null;
    for (Way way : ways(inputs)) {
      SymbolicTensor fake = Tensors.stopGradient(way.made());
      if (cycle.pool() > 0) {
        Layer pool = new ReplayPool("replay_" + way.name(), cycle.pool());
        fake = pool.apply(fake);
        moving.add(pool);
      }
      CriticContext scene = scene(way, fake);
      total = penalties(plus(total, objective.drawLoss(scene)), scene, 1);
      moving.addAll(scene.moving());
    }
    return drawn(name, inputs, total, moving);
  }

  @Override
  public Drawn penalties(String name, int every) {
    List<Input> inputs = inputs();
    List<Layer> moving = new ArrayList<>();
    SymbolicTensor total = null;
    for (Way way : ways(inputs)) {
      CriticContext scene = scene(way, Tensors.stopGradient(way.made()));
      total = penalties(total, scene, every);
      moving.addAll(scene.moving());
    }
    return drawn(name, inputs, Tensors.scale(total, every), moving);
  }

  private CriticContext scene(Way way, SymbolicTensor fake) {
    Model judge = way.nets().discriminator();
    LayerOutputs layers = new LayerOutputs(judge);
    return new CriticContext(
        judge::apply,
        (layer, samples) -> layers.of(layer, List.of(samples)),
        dials.augmented(way.to()),
        dials.augmented(fake),
        "_" + way.name());
  }

  private SymbolicTensor penalties(@Nullable SymbolicTensor start, CriticContext scene, int every) {
    SymbolicTensor sum = start;
    for (ScheduledPenalty scheduled : objective.penalties()) {
      if (scheduled.every() == every) {
        sum = plus(sum, dials.scaled(scheduled, scheduled.penalty().draw(scene)));
      }
    }
    return sum;
  }

  private static SymbolicTensor plus(@Nullable SymbolicTensor sum, SymbolicTensor term) {
    return sum == null ? term : Tensors.add(sum, term);
  }

  private static Drawn drawn(
      String name, List<Input> inputs, SymbolicTensor total, List<Layer> moving) {
    Model model = Model.of(name, UsedInputs.of(inputs, total), List.of(total));
    return new Drawn(model, ImmutableList.copyOf(moving));
  }

  @Override
  public Drawn generator(String name) {
    List<Input> inputs = inputs();
    SymbolicTensor total = null;
    for (Way way : ways(inputs)) {
      SymbolicTensor made = way.made();
      total = plus(total, fooling(way, made));
      if (cycle.cycle() > 0) {
        SymbolicTensor returned = way.back().apply(made);
        total = plus(total, Distance.between(returned, way.from(), cycle.cycle()));
      }
      if (cycle.identity() > 0) {
        SymbolicTensor same = way.nets().generator().apply(way.to());
        total = plus(total, Distance.between(same, way.to(), cycle.identity()));
      }
    }
    return drawn(name, inputs, total, List.of());
  }

  private SymbolicTensor fooling(Way way, SymbolicTensor made) {
    AdversarialLoss loss = objective.loss();
    CriticContext scene = scene(way, made);
    SymbolicTensor total =
        loss.comparesWithReal()
            ? Lambda.of((ops, in) -> loss.generator(ops, in.get(0), in.get(1)))
                .apply(scene.realScores(), scene.fakeScores())
            : Lambda.of((ops, in) -> loss.generator(ops, null, in.get(0)))
                .apply(scene.fakeScores());
    for (GeneratorTerm term : objective.generatorTerms()) {
      total = plus(total, term.draw(scene));
    }
    return total;
  }
}
