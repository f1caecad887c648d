package dev.tandem.docs;

import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.gan.objective.loss.AdversarialLosses.hinge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The recipes of docs/contributing.md: what they show works, and the lists they name exist. */
class ContributingTest {

  private static final Path PAGE = Snippets.DOCS.resolve("contributing.md");

  /** A line of code and the file that has to hold it. */
  record Line(String code, Path file) {}

  /** {@code `code` in [name](file)}, as the recipes name lines of lists. */
  static Stream<Line> lines() {
    Pattern pattern = Pattern.compile("`([^`]+)` in\\s+\\[\\w+]\\(([^)]+)\\)");
    return pattern
        .matcher(Snippets.read(PAGE))
        .results()
        .map(found -> new Line(found.group(1), PAGE.resolveSibling(found.group(2))));
  }

  // region op
  /** x · tanh(log(1 + e^x)). Misra, 2019, arXiv:1908.08681. */
  record Mish() implements Composite {

    @Override
    public List<Value> decompose(Ops ops, List<Value> inputs) {
      Value x = inputs.get(0);
      return List.of(ops.multiply(x, ActivationOps.tanh(ops, ActivationOps.softplus(ops, x))));
    }
  }

  // endregion

  // region layer
  /** The input times one learned number. */
  static final class Gain extends Layer {

    private @Nullable Weight gain;

    @Override
    protected void build(List<TensorSpec> inputs) {
      gain =
          parameter("gain", Shape.scalar(), inputs.get(0).dtype(), Initializers.constant(1), null);
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return List.of(forward.ops().multiply(inputs.get(0), forward.weight(gain)));
    }
  }

  // endregion

  // region loss
  /** Below what is predicted lies the quantile of targets: max(q · e, (q − 1) · e), averaged. */
  record Pinball(double quantile) implements Loss {

    @Override
    public Value perSample(Ops ops, Value prediction, Value target) {
      Value error = ops.subtract(target, prediction);
      Value each = ops.maximum(ops.scale(error, quantile), ops.scale(error, quantile - 1));
      return ops.mean(each, false, 1);
    }
  }

  // endregion

  // region penalty
  /** weight · E[D(x)²] at real samples. Karras et al., 2017, arXiv:1710.10196. */
  record Drift(double weight) implements Penalty {

    @Override
    public SymbolicTensor term(CriticContext critic) {
      return scale(mean(square(critic.realScores())), weight);
    }

    @Override
    public boolean differentiatesEachSample() {
      return false;
    }
  }

  // endregion

  // region preset
  private static final Preset SMALL =
      Preset.of("small", "hinge loss and drift, for points", ContributingTest::small);

  private static AdversarialTraining small(Shape sample) {
    Model generator =
        Model.sequential("generator", Input.of("noise", 4), Dense.units((int) sample.size(0)));
    Model critic = Model.sequential("critic", Input.of("point", sample), Dense.units(1));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, critic, Latent.normal(4)),
            Objective.of(hinge()).penalty(new Drift(0.001)))
        .optimizers(Optimizers.both(Adam.rate(1e-3).beta1(0)));
  }

  // endregion

  static List<Engine> engines() {
    return List.of(new PlanEngine(), new SameDiffEngine());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void op_ofTheRecipe_runsAndIsDifferentiatedOnBothEngines(Engine engine) {
    Ops ops = new Ops();
    Value x = ops.feed("x", new TensorSpec(Shape.of(3), DataType.DOUBLE));
    Value y = ops.one(new Mish(), x);
    Value slope = Gradients.of(ops, ops.sum(y), List.of(x)).get(0);
    OpGraph graph = ops.build(Map.of("y", y, "slope", slope));
    try (Program program = engine.prepare(graph)) {
      program.feed("x", Nd4j.createFromArray(-1.0, 0, 1));
      program.run(0, 0);

      assertThat(program.output("y").toDoubleVector())
          .containsExactly(new double[] {-.303401, 0, .865098}, within(1e-6));
      assertThat(program.output("slope").toDoubleVector())
          .containsExactly(new double[] {.059217, .6, 1.049036}, within(1e-6));
    }
  }

  @Test
  void layerAndLoss_ofTheRecipes_trainTogether() {
    Model model = Model.sequential("m", Input.of("x", 2), new Gain());
    INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}});
    try (Trainer trainer =
        model.compile(Training.with(Sgd.rate(.1)).loss(new Pinball(.9)).seed(1))) {
      double loss = trainer.trainOnBatch(x, x.mul(3)).loss();

      // errors 2 and 4: the mean of .9 of them, and of -.9 · x as the slope at the gain
      assertThat(loss).isCloseTo(.9 * (2 + 4) / 2, within(1e-5));
      assertThat(model.weight("gain/gain").values().getDouble(0))
          .isCloseTo(1 + .1 * .9 * (1 + 2) / 2, within(1e-5));
    }
  }

  @Test
  void presetAndPenalty_ofTheRecipes_train() {
    INDArray points = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});
    Dataset data = Dataset.builder().input("point", points).build();
    try (AdversarialTrainer trainer = SMALL.on(data).batch(2).seed(1).start(data)) {
      assertThat(trainer.train(2).counters().discriminatorSteps()).isEqualTo(2);
      assertThat(trainer.sample(3, 1).shape()).containsExactly(3, 2);
    }
  }

  @Test
  void recipes_nameLinesOfLists() {
    assertThat(lines()).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void line_namedInARecipe_isInItsFile(Line line) {
    assertThat(line.file()).exists();
    assertThat(Files.isRegularFile(line.file()) ? Snippets.read(line.file()) : "")
        .contains(line.code());
  }
}
