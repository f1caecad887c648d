package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.EveryEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.ConditionalBatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.GaussianNoise;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Parts that run as in inference in training steps too, by call and by recipe. */
class InferencePartsTest {

  /** 1 / √1.001, the factor of a batch norm that has seen nothing. */
  private static final double NORMAL = 1 / Math.sqrt(1.001);

  private static final INDArray BATCH = column(1, 3);
  private static final INDArray ZEROS = column(0, 0);

  /** The loss of a head of 1 on {@link #BATCH} normalized by itself, and by moving statistics. */
  private static final double BY_BATCH = 1 / 1.001;

  private static final double BY_MOVING = (1 + 9) / 2.0 * NORMAL * NORMAL;

  @TempDir Path folder;

  /** How a trunk is held still, and how it is told to run as in inference. */
  private enum How {
    FLAG,
    FLAG_AND_CALL,
    FLAG_AND_MODEL,
    FLAG_AND_LAYER,
    ONLY,
    ONLY_AND_CALL,
    ONLY_AND_MODEL,
    ONLY_AND_LAYER;

    boolean inference() {
      return this != FLAG && this != ONLY;
    }
  }

  /** A batch norm in a model of its own, and a head. */
  private static final class Net {

    private final BatchNormalization norm = BatchNormalization.of().momentum(0.9).named("norm");
    private final Model trunk = Model.sequential("trunk", Input.of("t", 1), norm);
    private final Dense head = times("head", 1);
    private final Model model;

    Net(boolean inference) {
      Input x = Input.of("x", 1);
      SymbolicTensor features = inference ? trunk.inference().apply(x) : trunk.apply(x);
      model = Model.of("net", x, head.apply(features));
    }

    static Net of(How how) {
      Net net = new Net(how.name().endsWith("CALL"));
      net.trunk.setTrainable(!how.name().startsWith("FLAG"));
      return net;
    }

    Training recipe(How how, Engine engine) {
      Training recipe = descent(0.1).engine(engine);
      recipe = how.name().startsWith("ONLY") ? recipe.only(head) : recipe;
      return how.name().endsWith("MODEL")
          ? recipe.inference(trunk)
          : how.name().endsWith("LAYER") ? recipe.inference(norm) : recipe;
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(How.values())
        .flatMap(how -> EveryEngine.all().map(kind -> Arguments.of(how, kind)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void step_behindATrunkHeldStill_isByMovingStatisticsIfItWasAskedFor(How how, Engine engine) {
    Net net = Net.of(how);
    try (Trainer trainer = net.model.compile(net.recipe(how, engine))) {
      double inTest = trainer.testOnBatch(BATCH, ZEROS).loss();
      double inStep = trainer.trainOnBatch(BATCH, ZEROS).loss();

      assertThat(inTest).isCloseTo(BY_MOVING, CLOSE);
      assertThat(inStep).isCloseTo(how.inference() ? BY_MOVING : BY_BATCH, CLOSE);
      // head ← 1 − .1 · 2 · loss
      assertThat(Toys.weight(net.head)).isCloseTo(1 - 0.2 * inStep, CLOSE);
      assertThat(values(net.trunk).values())
          .containsExactly(new double[] {1}, new double[] {0}, new double[] {0}, new double[] {1});
      assertThat(HeldStatistics.in(trainer.snapshot()).isPresent()).isEqualTo(!how.inference());
    }
  }

  @OnBothEngines
  void step_ofATrunkThatIsNotHeld_movesItsParametersAndNotItsStatistics(Engine engine) {
    Net net = new Net(true);
    try (Trainer trainer = net.model.compile(descent(0.1).engine(engine))) {
      trainer.trainOnBatch(BATCH, ZEROS);

      Map<String, double[]> after = values(net.trunk);
      // ∂/∂gamma = mean of 2 y x̂ with y = x̂, ∂/∂beta = mean of 2 y
      assertThat(after.get("norm/gamma")[0]).isCloseTo(1 - 0.2 * BY_MOVING, CLOSE);
      assertThat(after.get("norm/beta")[0]).isCloseTo(-0.1 * 4 * NORMAL, CLOSE);
      assertThat(after.get("norm/moving_mean")).containsExactly(0);
      assertThat(after.get("norm/moving_variance")).containsExactly(1);
      assertThat(trainer.snapshot().movedState()).isEmpty();
    }
  }

  private static Model trunk(Layer... layers) {
    return Model.sequential("trunk", Input.of("t", 4), layers);
  }

  /** Layers that do something else in steps. */
  static Stream<Model> trunks() {
    Input t = Input.of("steps", 3, 4);
    TimeDistributed each = TimeDistributed.of(BatchNormalization.of()).named("each");
    Model nested = trunk(BatchNormalization.of().named("deep"), Dropout.rate(0.5));
    return Stream.of(
        trunk(Dropout.rate(0.5)),
        trunk(GaussianNoise.deviation(2)),
        trunk(SpectralNormalization.of(Dense.units(4).named("d")).named("s")),
        Model.of("trunk", t, each.apply(t)),
        Model.sequential("around", Input.of("t", 4), nested));
  }

  @ParameterizedTest
  @MethodSource("trunks")
  void step_inInference_doesWhatPredictDoes(Model trunk) {
    SymbolicTensor in = trunk.graph().inputs().get(0);
    Input x = Input.of("x", in.shape().sample(), in.spec().dtype());
    Model called = Model.of("net", x, trunk.inference().apply(x));
    Model plain = Model.of("net", x, trunk.apply(x));
    long[] shape = in.shape().withBatch(8).toArray();
    INDArray batch = normal(1, shape);
    INDArray target = normal(2, plain.output().shape().withBatch(8).toArray());
    Map<String, double[]> before = values(trunk);
    Training recipe = descent(0);
    for (Trainer trainer :
        List.of(called.compile(recipe), plain.compile(recipe.inference(trunk)))) {
      double inTest = trainer.testOnBatch(batch, target).loss();

      assertThat(trainer.trainOnBatch(batch, target).loss()).isCloseTo(inTest, within(1e-5));
      assertThat(trainer.snapshot().movedState()).isEmpty();
      values(trunk).forEach((path, now) -> assertThat(now).as(path).isEqualTo(before.get(path)));
      trainer.close();
    }
    try (Trainer trainer = plain.compile(recipe)) {
      trainer.trainOnBatch(batch, target);
      assertThat(
              values(trunk).entrySet().stream()
                  .anyMatch(
                      e ->
                          !List.of(box(e.getValue())).equals(List.of(box(before.get(e.getKey()))))))
          .isEqualTo(!trainer.snapshot().movedState().isEmpty());
    }
  }

  private static List<Double> box(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  @Test
  void part_drawnFlat_isFoundByItsLayers() {
    // the net of a loaded trunk's own tensors: the trunk is not called as a model
    BatchNormalization norm = BatchNormalization.of().named("norm");
    Input x = Input.of("x", 1);
    SymbolicTensor features = norm.apply(x);
    Model trunk = Model.of("trunk", x, features);
    Dense head = times("head", 1);
    Model net = Model.of("net", x, head.apply(features));
    try (Trainer trainer = net.compile(descent(0.1).only(head).inference(trunk))) {
      assertThat(trainer.trainOnBatch(BATCH, ZEROS).loss()).isCloseTo(BY_MOVING, CLOSE);
    }
  }

  @Test
  void otherCallOfTheSameModel_staysAsItIs() {
    Net net = new Net(true);
    Input x = Input.of("x", 1);
    Model both = Model.of("both", List.of(x), List.of(net.model.apply(x), net.trunk.apply(x)));
    try (Trainer trainer =
        both.compile(
            Training.with(Sgd.rate(0))
                .loss("net", Losses.meanSquaredError())
                .loss("trunk", Losses.meanSquaredError()))) {
      StepResult result =
          trainer.trainOnBatch(
              Examples.of(Map.of("x", BATCH), Map.of("net", ZEROS, "trunk", ZEROS)));

      assertThat(result.losses().get("net")).isCloseTo(BY_MOVING, CLOSE);
      assertThat(result.losses().get("trunk")).isCloseTo(BY_BATCH, CLOSE);
      assertThat(values(net.trunk).get("norm/moving_mean")[0]).isCloseTo(0.2, CLOSE);
    }
  }

  @Test
  void copyAndFile_keepTheCall() {
    Model model = new Net(true).model;
    ModelFile.save(model, folder.resolve("net"));

    for (Model other : List.of(model.copy("net"), ModelFile.load(folder.resolve("net")))) {
      assertThat(other.graph().nodes().get(0).isInference()).isTrue();
      assertThat(other.toDot()).contains("trunk (as in inference)").isEqualTo(model.toDot());
      try (Trainer trainer = other.compile(descent(0.1).only(other.layer("head")))) {
        assertThat(trainer.trainOnBatch(BATCH, ZEROS).loss()).isCloseTo(BY_MOVING, CLOSE);
      }
    }
    assertThat(new Net(false).model.copy("net").graph().nodes().get(0).isInference()).isFalse();
  }

  @Test
  void recompile_takesThePartsOfTheNextRecipe() {
    Net net = new Net(false);
    Training first = descent(0).only(net.head).inference(net.trunk);
    Trainer trainer = net.model.compile(first);
    assertThat(trainer.trainOnBatch(BATCH, ZEROS).loss()).isCloseTo(BY_MOVING, CLOSE);
    try (Trainer same = trainer.recompile();
        Trainer next = same.recompile(descent(0))) {
      assertThat(next.trainOnBatch(BATCH, ZEROS).loss()).isCloseTo(BY_BATCH, CLOSE);
    }
  }

  @Test
  void parts_thatMeanNothing_areRefused() {
    Net net = new Net(false);
    Training recipe = descent(0.1);
    Dense other = times("other", 1);

    assertThatThrownBy(() -> recipe.inference())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inference() names nothing; name a layer or a model");
    assertThatThrownBy(() -> net.model.compile(recipe.inference(net.trunk, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Model \"net\" calls no layer of Dense \"other\", which inference(...) names; it calls"
                + " [x, trunk, head]");
  }

  private static String said(Model model, Training recipe) {
    try (Trainer trainer = model.compile(recipe)) {
      return HeldStatistics.in(trainer.snapshot()).orElse("");
    }
  }

  @Test
  void warning_ofATrunkHeldStill_namesItAndWhatToDo() {
    Net net = new Net(false);

    assertThat(said(net.model, descent(0.1).only(net.head)))
        .startsWith("Model \"net\" is trained with batch normalization held still")
        .contains("[trunk/norm]")
        .contains("add inference(trunk) to the recipe or call trunk.inference().apply(x)")
        .contains("add heldUsesBatchStatistics()");

    Input label = Input.of("label", Shape.scalar(), DataType.INT32);
    Input x = Input.of("x", 2);
    SymbolicTensor y = ConditionalBatchNormalization.classes(2).named("by_class").apply(x, label);
    Dense head = times("head", 1);
    Model byClass = Model.of("net", List.of(x, label), List.of(head.apply(y)));
    assertThat(said(byClass, descent(0.1).only(head))).contains("[by_class]");

    Input steps = Input.of("steps", 3, 2);
    BatchNormalization inside = BatchNormalization.of().named("inside");
    SymbolicTensor z = TimeDistributed.of(inside).named("each").apply(steps);
    Dense last = times("last", 1);
    Model wrapped = Model.of("net", steps, TimeDistributed.of(last).apply(z));
    assertThat(said(wrapped, descent(0.1).only(last))).contains("[each/inside]");
  }

  @Test
  void warning_whereNobodyIsMisled_isNotGiven() {
    Net net = new Net(false);
    assertThat(said(net.model, descent(0.1))).isEmpty();
    net.norm.setTrainable(false); // takes moving statistics
    assertThat(said(net.model, descent(0.1).only(net.head))).isEmpty();
    net.norm.setTrainable(true);
    net.model.setTrainable(false); // nothing moves
    assertThat(said(net.model, descent(0.1))).isEmpty();

    BatchNormalization chosen =
        BatchNormalization.of().frozenUsesBatchStatistics(true).named("chosen");
    Dense head = times("head", 1);
    Model choice = Model.sequential("choice", Input.of("x", 1), chosen, head);
    assertThat(said(choice, descent(0.1).only(head))).isEmpty();
  }

  /** The idiom of GANs, by flag and by selection: the generator comes before what is held. */
  @Test
  void warning_inTheClassicIdiomOfGans_isNotGiven() {
    Model critic =
        Model.sequential(
            "critic",
            Input.of("x", 2),
            Dense.units(3).named("d0"),
            BatchNormalization.of().named("d_norm"),
            Dense.units(1).named("d1"));
    Input z = Input.of("z", 2);
    Model generator =
        Model.sequential(
            "generator",
            z,
            Dense.units(2).named("g0"),
            BatchNormalization.of().named("g_norm"),
            Dense.units(2).named("g1"));
    Model gan = Model.sequential("gan", z, generator, critic);

    assertThat(said(critic, descent(0.1))).isEmpty();
    assertThat(said(gan, descent(0.1).only(generator))).isEmpty();
    critic.setTrainable(false);
    assertThat(said(gan, descent(0.1))).isEmpty();
  }

  @Test
  void evaluate_afterSteps_seesWhatTheyTrainedOn() {
    Net net = new Net(false);
    net.norm.weight("moving_mean").set(Nd4j.createFromArray(-2f)); // of other data
    net.norm.weight("moving_variance").set(Nd4j.createFromArray(9f));
    try (Trainer trainer = net.model.compile(descent(0).only(net.head).inference(net.trunk))) {
      double inStep = trainer.trainOnBatch(BATCH, ZEROS).loss();
      assertThat(trainer.testOnBatch(BATCH, ZEROS).loss()).isCloseTo(inStep, CLOSE);
    }
  }
}
