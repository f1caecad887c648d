package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.EveryEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What a user's own layer gives, held against what it promised; and errors inside of it. */
class PromiseTest {

  private static final BiFunction<Ops, Value, List<Value>> SAME = (ops, x) -> List.of(x);

  /** Promises its input's spec with another shape or type, or several, and gives something. */
  private static final class Own extends Layer {

    private final List<TensorSpec> promised;
    private final BiFunction<Ops, Value, List<Value>> code;

    Own(List<TensorSpec> promised, BiFunction<Ops, Value, List<Value>> code) {
      super("own");
      this.promised = promised;
      this.code = code;
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return promised;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return code.apply(forward.ops(), inputs.get(0));
    }
  }

  private static TensorSpec spec(long... sample) {
    return new TensorSpec(Shape.of(sample).batched(), DataType.FLOAT);
  }

  private record Broken(
      String name, TensorSpec promised, BiFunction<Ops, Value, List<Value>> code, String gave) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Broken> broken() {
    return List.of(
        new Broken("other axis", spec(3), (ops, x) -> List.of(ops.sum(x, true, 1)), "(2, 1)"),
        new Broken("batch gone", spec(3), (ops, x) -> List.of(ops.sum(x, true, 0)), "(1, 3)"),
        new Broken("fewer axes", spec(3), (ops, x) -> List.of(ops.sum(x, false, 1)), "(2,)"),
        new Broken("more axes", spec(3), (ops, x) -> List.of(ops.reshape(x, 2, 3, 1)), "(2, 3, 1)"),
        new Broken(
            "other type", spec(3), (ops, x) -> List.of(ops.cast(x, DataType.DOUBLE)), "float64"),
        new Broken("two outputs", spec(3), (ops, x) -> List.of(x, x), "(2, 3), float32 (2, 3)"),
        new Broken("no output", spec(3), (ops, x) -> List.of(), "gave []"),
        new Broken("null", spec(3), (ops, x) -> null, "gave null"));
  }

  private static Model model(Layer layer) {
    Input x = Input.of("x", 3);
    return Model.of("m", x, layer.apply(x));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void predict_withALayerThatBreaksItsPromise_isRefused(Broken broken) {
    Model model = model(new Own(List.of(broken.promised()), broken.code()));
    for (Engine engine : EveryEngine.all().toList()) {
      try (Predictor predictor = Predictor.of(model, engine)) {
        assertThatThrownBy(() -> predictor.predict(Nd4j.ones(2, 3)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith(
                "Own \"own\" promised in outputs(...) to give [float32 (2, 3)] for"
                    + " [float32 (2, 3)], and forward(...) gave")
            .hasMessageContaining(broken.gave());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.core.EveryEngine#all")
  void trainOnBatch_withALayerThatBreaksItsPromise_isRefusedAndMovesNothing(Engine engine) {
    Input x = Input.of("x", 3);
    Dense dense = Dense.units(3).named("d");
    Layer own = new Own(List.of(spec(3)), (ops, y) -> List.of(ops.sum(y, true, 1)));
    Model model = Model.sequential("m", x, dense, own).initialize(1);
    var before = dense.weight("kernel").values();
    Training training =
        Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).engine(engine).seed(1);
    try (Trainer trainer = model.compile(training)) {
      assertThatThrownBy(() -> trainer.trainOnBatch(Nd4j.ones(2, 3), Nd4j.ones(2, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Own \"own\" promised");
      assertThat(trainer.steps()).isZero();
    }
    assertThat(dense.weight("kernel").values()).isEqualTo(before);
  }

  @Test
  void predict_withABrokenLayerInsideNestedModels_namesItsPath() {
    Layer broken = new Own(List.of(spec(3)), (ops, y) -> List.of(ops.sum(y, true, 1)));
    Input x = Input.of("x", 3);
    Model outer = Model.of("outer", x, model(broken).apply(x));
    try (Predictor predictor = Predictor.of(outer)) {
      assertThatThrownBy(() -> predictor.predict(Nd4j.ones(2, 3)))
          .hasMessageStartingWith("Own \"m/own\" promised");
    }
  }

  @Test
  void predict_withABrokenLayerInAWrapper_namesIt() {
    Layer own = new Simple(LayerSettings.none());
    Input x = Input.of("x", 4, 3);
    Model model = Model.of("m", x, TimeDistributed.of(own).named("steps").apply(x));
    try (Predictor predictor = Predictor.of(model)) {
      assertThatThrownBy(() -> predictor.predict(Nd4j.ones(2, 4, 3)))
          .hasMessageStartingWith(
              "Simple \"steps/simple\" promised in outputs(...) to give [float32 (8, 3)]");
    }
  }

  /** A simple layer whose output shape is wrong. */
  private static final class Simple extends SimpleLayer<Simple> {

    Simple(LayerSettings settings) {
      super(settings);
    }

    @Override
    protected Shape output(Shape input) {
      return input;
    }

    @Override
    protected Value forward(LayerCall forward, Value x) {
      return forward.ops().sum(x, true, -1);
    }
  }

  @Test
  void predict_withALambdaThatDependsOnTheBatch_isRefused() {
    Lambda lambda =
        Lambda.of(
            "sizes",
            (ops, in) -> in.get(0).shape().size(0) == 1 ? ops.sum(in.get(0), true, 1) : in.get(0));
    try (Predictor predictor = Predictor.of(model(lambda))) {
      assertThatCode(() -> predictor.predict(Nd4j.ones(7, 3))).doesNotThrowAnyException();
      assertThatThrownBy(() -> predictor.predict(Nd4j.ones(1, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "Lambda \"sizes\" promised in outputs(...) to give [float32 (1, 3)]");
    }
  }

  @Test
  void predict_withSameDiffCodeThatDependsOnTheBatch_isRefused() {
    SameDiffLayer layer =
        SameDiffLayer.of(
            "code",
            (sd, in) -> in.get(0).getShape()[0] == 1 ? in.get(0).sum(true, 1) : in.get(0).mul(2.0));
    try (Predictor predictor = Predictor.of(model(layer))) {
      assertThat(predictor.predict(Nd4j.ones(2, 3)).shape()).containsExactly(2, 3);
      assertThatThrownBy(() -> predictor.predict(Nd4j.ones(1, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("SameDiffLayer \"code\"");
    }
  }

  @Test
  void keptPromises_goOnAtEveryBatchSize() {
    Layer own = new Own(List.of(spec(3)), SAME);
    try (Predictor predictor = Predictor.of(model(own))) {
      for (long batch : new long[] {1, 2, 5}) {
        assertThat(predictor.predict(Nd4j.ones(batch, 3)).shape()).containsExactly(batch, 3);
      }
    }
  }

  @Test
  void errorInALambda_namesTheLambda() {
    Input x = Input.of("x", 3);
    Lambda wrong =
        Lambda.of("wrong", (ops, in) -> ops.matmul(in.get(0), ops.fill(1, TensorSpec.of(4, 2))));
    Lambda bare =
        Lambda.of(
            (ops, in) -> {
              throw new ArrayIndexOutOfBoundsException("Index 3 out of bounds for length 2");
            });
    Lambda silent =
        Lambda.of(
            "silent",
            (ops, in) -> {
              throw new NullPointerException();
            });

    assertThatThrownBy(() -> wrong.apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Lambda \"wrong\": ");
    assertThatThrownBy(() -> bare.apply(x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unnamed Lambda: Index 3 out of bounds for length 2")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    assertThatThrownBy(() -> silent.apply(x)).hasMessage("Lambda \"silent\": NullPointerException");
  }

  @Test
  void errorInForward_namesTheLayersPlace() {
    List<Integer> calls = new ArrayList<>();
    Own own =
        new Own(
            List.of(spec(3)),
            (ops, x) -> {
              calls.add(1);
              throw new IllegalArgumentException("no such gate");
            });
    Input x = Input.of("x", 3);
    Model outer = Model.of("outer", x, model(own).apply(x));
    try (Predictor predictor = Predictor.of(outer)) {
      assertThatThrownBy(() -> predictor.predict(Nd4j.ones(2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Own \"m/own\": no such gate");
    }
    assertThat(calls).hasSize(1);
  }
}
