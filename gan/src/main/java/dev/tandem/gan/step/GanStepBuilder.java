package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.objective.AdversarialLoss;
import dev.tandem.gan.objective.CriticContext;
import dev.tandem.gan.objective.GeneratorTerm;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Conditioning.Auxiliary;
import dev.tandem.gan.pair.Conditioning.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Draws the steps of both sides as models from real samples to one number. Real samples and fakes
 * are judged by calls of their own, so batch norm in the discriminator never mixes them, unless the
 * objective asks for one call of both.
 */
final class GanStepBuilder implements StepBuilder {

  /** What stands for the batch size where a step takes no samples: (batch, 1). */
  static final String ROWS = "rows";

  static final String LABEL = "label";

  static final String SOURCE = "source";

  /**
   * A drawn step.
   *
   * @param model from its inputs to one number
   * @param moving layers outside of both nets whose state moves
   */
  record Drawn(Model model, ImmutableList<Layer> moving) {}

  private final AdversarialPair pair;
  private final Objective objective;
  private final ScheduledScalars dials;
  private final @Nullable FakeStore store;

  /**
   * Drawings.
   *
   * @param store of fakes that the generator's step leaves and the discriminator's takes, if it
   *     does not make its own
   */
  GanStepBuilder(AdversarialPair pair, Objective objective, @Nullable FakeStore store) {
    this.pair = pair;
    this.store = store;
    this.objective = objective;
    this.dials = new ScheduledScalars(pair, objective);
  }

  @Override
  public Drawn discriminator(String name) {
    Board board = new Board(true);
    CriticContext scene = board.scene();
    if (objective.judgedTogether()) {
      board.judgeTogether(scene.real(), scene.fake());
    }
    SymbolicTensor total = dials.adapted(plus(objective.drawLoss(scene), scene, 1), scene);
    if (pair.conditioning() instanceof Auxiliary auxiliary) {
      total = Tensors.add(total, board.classLoss(auxiliary, scene.fake()));
      total =
          auxiliary.labelled()
              ? Tensors.add(total, board.classLoss(auxiliary, scene.real()))
              : total;
    }
    return board.drawn(name, total, scene);
  }

  @Override
  public Drawn penalties(String name, int every) {
    Board board = new Board(true);
    CriticContext scene = board.scene();
    SymbolicTensor sum = Tensors.scale(plus(null, scene, every), every);
    return board.drawn(name, sum, scene);
  }

  private SymbolicTensor plus(@Nullable SymbolicTensor start, CriticContext scene, int every) {
    SymbolicTensor sum = start;
    for (ScheduledPenalty scheduled : objective.penalties()) {
      if (scheduled.every() == every) {
        SymbolicTensor term = dials.scaled(scheduled, scheduled.penalty().draw(scene));
        sum = sum == null ? term : Tensors.add(sum, term);
      }
    }
    return sum;
  }

  @Override
  public Drawn generator(String name) {
    AdversarialLoss loss = objective.loss();
    double distance = pair.conditioning() instanceof Translation t ? t.distance() : 0;
    boolean withReal = loss.comparesWithReal() || !objective.generatorTerms().isEmpty();
    Board board = new Board(withReal || distance > 0);
    List<SymbolicTensor> made = board.made();
    SymbolicTensor samples = board.judged(made);
    SymbolicTensor fake = board.judge(samples);
    CriticContext scene = withReal ? board.scene(board.real(), samples) : null;
    SymbolicTensor total =
        loss.comparesWithReal()
            ? Lambda.of((ops, in) -> loss.generator(ops, in.get(0), in.get(1)))
                .apply(scene.realScores(), fake)
            : Lambda.of((ops, in) -> loss.generator(ops, null, in.get(0))).apply(fake);
    for (GeneratorTerm term : objective.generatorTerms()) {
      total = Tensors.add(total, term.draw(scene));
    }
    if (pair.conditioning() instanceof Auxiliary auxiliary) {
      total = Tensors.add(total, board.classLoss(auxiliary, samples));
    }
    if (distance > 0) {
      total = Tensors.add(total, board.distance(distance));
    }
    if (store != null) {
      total = store.apply(total, made.get(0));
    }
    return new Drawn(
        Model.of(name, board.inputs(), List.of(total)),
        store == null ? ImmutableList.of() : ImmutableList.of(store));
  }

  /** A class for each sample, each as likely as the others. */
  private static SymbolicTensor drawnLabel(SymbolicTensor like, int classes) {
    SymbolicTensor unit = Tensors.randomUniform(like);
    return Lambda.of(
            (ops, in) ->
                ops.cast(ops.clip(ops.scale(in.get(0), classes), 0, classes - 0.5), DataType.INT32))
        .apply(unit);
  }

  /** The inputs of one step and what is drawn from them. */
  private final class Board {

    private final List<Input> real = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final Map<SymbolicTensor, List<SymbolicTensor>> judged = new HashMap<>();
    private final LayerOutputs layers = new LayerOutputs(pair.discriminator());
    private @Nullable SymbolicTensor label;
    private @Nullable SymbolicTensor source;
    private @Nullable SymbolicTensor translated;

    Board(boolean withReal) {
      Shape sample = pair.sampleShape();
      DataType dtype = pair.sample().dtype();
      if (withReal) {
        for (int i = 0; i < pair.packing(); i++) {
          real.add(Input.of(Steps.realName(i), sample, dtype));
        }
        inputs.addAll(real);
      }
      if (pair.conditioning() instanceof Translation) {
        TensorSpec from = pair.directions().get(0).from();
        Input given = Input.of(SOURCE, from.shape().sample(), from.dtype());
        inputs.add(given);
        source = given;
        translated = pair.generator().apply(given);
      } else if (!withReal) {
        inputs.add(Input.of(ROWS, Shape.of(1), dtype));
      }
      if (pair.conditioning().needsLabels()) {
        Input given = Input.of(LABEL, Shape.scalar(), DataType.INT32);
        inputs.add(given);
        label = given;
      } else if (pair.conditioning().tellsGenerator()) {
        label = drawnLabel(inputs.get(0), pair.conditioning().classes());
      }
    }

    List<Input> inputs() {
      return inputs;
    }

    CriticContext scene() {
      List<SymbolicTensor> fakes = store == null ? made() : List.of(store.beside(real.get(0)));
      return scene(real(), Tensors.stopGradient(judged(fakes)));
    }

    CriticContext scene(SymbolicTensor real, SymbolicTensor fake) {
      return new CriticContext(this::judge, this::features, real, fake);
    }

    Drawn drawn(String name, SymbolicTensor loss, CriticContext scene) {
      return new Drawn(Model.of(name, used(loss), List.of(loss)), scene.moving());
    }

    /** A penalty alone may need less than all inputs. */
    private List<Input> used(SymbolicTensor loss) {
      return UsedInputs.of(inputs, loss);
    }

    SymbolicTensor real() {
      return judged(List.copyOf(real));
    }

    /** New fakes, as the generator makes them. */
    List<SymbolicTensor> made() {
      if (translated != null) {
        return List.of(translated);
      }
      List<SymbolicTensor> fakes = new ArrayList<>();
      for (int i = 0; i < pair.packing(); i++) {
        SymbolicTensor noise = pair.latent().draw(inputs.get(0));
        fakes.add(
            label == null ? pair.generator().apply(noise) : pair.generator().apply(noise, label));
      }
      return fakes;
    }

    /** Samples as they are judged. */
    SymbolicTensor judged(List<SymbolicTensor> samples) {
      return dials.augmented(behindSource(packed(samples)));
    }

    /** The discriminator sees what a sample was made of, too. */
    private SymbolicTensor behindSource(SymbolicTensor samples) {
      return source == null ? samples : packed(List.of(source, samples));
    }

    /** How far translated sources are from the samples that belong to them. */
    SymbolicTensor distance(double weight) {
      return Distance.between(Objects.requireNonNull(translated), real.get(0), weight);
    }

    /** Scores; samples are judged once. */
    SymbolicTensor judge(SymbolicTensor samples) {
      return outputs(samples).get(0);
    }

    private List<SymbolicTensor> outputs(SymbolicTensor samples) {
      return judged.computeIfAbsent(samples, s -> pair.discriminator().applyAll(asked(s)));
    }

    /** Judges both by one call of the discriminator, before either is asked for. */
    void judgeTogether(SymbolicTensor real, SymbolicTensor fake) {
      List<SymbolicTensor> both = Stacking.both(asked(real), asked(fake));
      List<SymbolicTensor> outputs = pair.discriminator().applyAll(both);
      judged.put(real, Stacking.first(outputs));
      judged.put(fake, Stacking.second(outputs));
    }

    private List<SymbolicTensor> asked(SymbolicTensor samples) {
      return label != null && pair.conditioning().tellsDiscriminator()
          ? List.of(samples, label)
          : List.of(samples);
    }

    /** What a layer of the discriminator makes of samples. */
    private SymbolicTensor features(String layer, SymbolicTensor samples) {
      return layers.of(layer, asked(samples));
    }

    /** The cross entropy of the classes that samples were made for, or have, with its weight. */
    SymbolicTensor classLoss(Auxiliary auxiliary, SymbolicTensor samples) {
      return Lambda.of((ops, in) -> classLoss(ops, auxiliary, in.get(0), in.get(1)))
          .apply(outputs(samples).get(1), Objects.requireNonNull(label));
    }

    private Value classLoss(Ops ops, Auxiliary auxiliary, Value logits, Value classes) {
      Value hot = ArrayOps.oneHot(ops, classes, auxiliary.classes(), logits.dtype());
      return ops.scale(ops.mean(LossOps.softmaxCrossEntropy(ops, logits, hot)), auxiliary.weight());
    }

    private SymbolicTensor packed(List<SymbolicTensor> samples) {
      return samples.size() == 1
          ? samples.get(0)
          : Lambda.of((ops, in) -> ops.concat(-1, in))
              .apply(samples.toArray(SymbolicTensor[]::new));
    }
  }
}
