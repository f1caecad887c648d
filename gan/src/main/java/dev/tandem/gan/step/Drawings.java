package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.objective.AdversarialLoss;
import dev.tandem.gan.objective.Augmentation;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.Scene;
import dev.tandem.gan.objective.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Draws the steps of both sides as models from real samples to one number. Real samples and fakes
 * are judged by calls of their own, so batch norm in the discriminator never mixes them.
 */
final class Drawings {

  /** What stands for the batch size where a step takes no samples: (batch, 1). */
  static final String ROWS = "rows";

  static final String LABEL = "label";

  /**
   * A drawn step.
   *
   * @param model from its inputs to one number
   * @param moving layers outside of both nets whose state moves
   */
  record Drawn(Model model, ImmutableList<Layer> moving) {}

  private final AdversarialPair pair;
  private final Objective objective;

  Drawings(AdversarialPair pair, Objective objective) {
    this.pair = pair;
    this.objective = objective;
  }

  /** The discriminator's step: its loss and the penalties of every step. */
  Drawn discriminator(String name) {
    Board board = new Board(true);
    Scene scene = board.scene();
    SymbolicTensor loss =
        Lambda.of((ops, in) -> objective.discriminatorLoss(ops, in.get(0), in.get(1)))
            .apply(scene.realScores(), scene.fakeScores());
    return board.drawn(name, plus(loss, scene, 1), scene);
  }

  /** A step of the penalties of one interval alone, with that many times their weight. */
  Drawn penalties(String name, int every) {
    Board board = new Board(true);
    Scene scene = board.scene();
    SymbolicTensor sum = Tensors.scale(plus(null, scene, every), every);
    return board.drawn(name, sum, scene);
  }

  private SymbolicTensor plus(@Nullable SymbolicTensor start, Scene scene, int every) {
    SymbolicTensor sum = start;
    for (ScheduledPenalty scheduled : objective.penalties()) {
      if (scheduled.every() == every) {
        SymbolicTensor term = scheduled.penalty().draw(scene);
        sum = sum == null ? term : Tensors.add(sum, term);
      }
    }
    return sum;
  }

  /** The generator's step. */
  Drawn generator(String name) {
    AdversarialLoss loss = objective.loss();
    Board board = new Board(loss.comparesWithReal());
    SymbolicTensor fake = board.judge(board.fake());
    SymbolicTensor total =
        loss.comparesWithReal()
            ? Lambda.of((ops, in) -> loss.generator(ops, in.get(0), in.get(1)))
                .apply(board.judge(board.real()), fake)
            : Lambda.of((ops, in) -> loss.generator(ops, null, in.get(0))).apply(fake);
    return new Drawn(Model.of(name, board.inputs(), List.of(total)), ImmutableList.of());
  }

  /** The inputs of one step and what is drawn from them. */
  private final class Board {

    private final List<Input> real = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private @Nullable Input label;

    Board(boolean withReal) {
      Shape sample = pair.sampleShape();
      DataType dtype = pair.sample().dtype();
      if (withReal) {
        for (int i = 0; i < pair.packing(); i++) {
          real.add(Input.of(Steps.realName(i), sample, dtype));
        }
        inputs.addAll(real);
      } else {
        inputs.add(Input.of(ROWS, Shape.of(1), dtype));
      }
      if (pair.conditioning().usesLabels()) {
        label = Input.of(LABEL, Shape.scalar(), DataType.INT32);
        inputs.add(label);
      }
    }

    List<Input> inputs() {
      return inputs;
    }

    Scene scene() {
      return new Scene(this::judge, real(), Tensors.stopGradient(fake()));
    }

    Drawn drawn(String name, SymbolicTensor loss, Scene scene) {
      return new Drawn(Model.of(name, used(loss), List.of(loss)), scene.moving());
    }

    /** A penalty alone may need less than all inputs. */
    private List<Input> used(SymbolicTensor loss) {
      return Reached.of(inputs, loss);
    }

    SymbolicTensor real() {
      return augmented(packed(List.copyOf(real)));
    }

    SymbolicTensor fake() {
      List<SymbolicTensor> fakes = new ArrayList<>();
      for (int i = 0; i < pair.packing(); i++) {
        SymbolicTensor noise = pair.latent().draw(inputs.get(0));
        fakes.add(
            label == null ? pair.generator().apply(noise) : pair.generator().apply(noise, label));
      }
      return augmented(packed(fakes));
    }

    SymbolicTensor judge(SymbolicTensor samples) {
      return label == null
          ? pair.discriminator().apply(samples)
          : pair.discriminator().apply(samples, label);
    }

    private SymbolicTensor packed(List<SymbolicTensor> samples) {
      return samples.size() == 1
          ? samples.get(0)
          : Lambda.of((ops, in) -> ops.concat(-1, in))
              .apply(samples.toArray(SymbolicTensor[]::new));
    }

    private SymbolicTensor augmented(SymbolicTensor samples) {
      SymbolicTensor changed = samples;
      for (Augmentation augmentation : objective.augmentations()) {
        changed = Lambda.of((ops, in) -> augmentation.apply(ops, in.get(0))).apply(changed);
      }
      return changed;
    }
  }
}
