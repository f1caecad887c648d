package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.semantics.OwnLayers.Around;
import dev.tandem.core.semantics.OwnLayers.Lister;
import dev.tandem.core.semantics.OwnLayers.Secret;
import dev.tandem.core.semantics.OwnLayers.Writer;
import dev.tandem.core.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that call others: what is inside is trained, counted and penalized as elsewhere. */
class WrappedLayersTest {

  private static Model model(Layer layer) {
    return Model.sequential("m", Input.of("x", 1), layer);
  }

  @OnBothEngines
  void layer_thatNamesWhatItWrapsInInnerAlone_trainsIt(Engine engine) {
    Dense inside = times("w", 1);
    Model model = model(new Around(new Around(inside).named("middle")).named("around"));
    assertThat(model.weightsByPath()).containsOnlyKeys("around/middle/w/kernel");
    assertThat(model.countParams()).isEqualTo(1);

    step(model.compile(descent(engine, 0.1)), 1, 0);

    assertThat(weight(inside)).isCloseTo(0.8, CLOSE);
  }

  @OnBothEngines
  void state_ofALayerNamedInInnerAlone_moves(Engine engine) {
    BatchNormalization norm = BatchNormalization.of().momentum(0.9).named("bn");

    model(new Around(norm).named("around"))
        .compile(descent(engine, 0))
        .trainOnBatch(column(1, 3), column(0, 0));

    assertThat(norm.weight("moving_mean").values().getDouble(0)).isCloseTo(0.2, CLOSE);
  }

  @Test
  void layer_thatListsWeightsOfALayerItDoesNotName_isRefused() {
    Model model = model(new Lister(times("w", 1)).named("lister"));

    assertThatIllegalStateException()
        .isThrownBy(() -> model.compile(descent(new PlanEngine(), 0.1)))
        .withMessage(
            "Lister \"lister\" lists the weight \"w/kernel\", which belongs to Dense \"w\", and"
                + " does not name that layer in inner(); nothing could train it; let inner()"
                + " return it");
  }

  @Test
  void layer_thatCallsALayerItDoesNotName_isRefusedAtTheFirstStep() {
    Trainer trainer =
        model(new Secret(times("w", 1)).named("secret")).compile(descent(new PlanEngine(), 0.1));

    assertThatIllegalStateException()
        .isThrownBy(() -> step(trainer, 1, 0))
        .withMessage(
            "Secret \"secret\" calls Dense \"w\" and does not name it in inner(), so its weights"
                + " would not be trained, saved or copied; let inner() return it");
  }

  @Test
  void layer_thatWritesALayerItDoesNotName_isRefusedAtTheFirstStep() {
    Trainer trainer =
        model(new Writer(times("w", 1)).named("writer")).compile(descent(new PlanEngine(), 0.1));

    assertThatIllegalStateException()
        .isThrownBy(() -> step(trainer, 1, 0))
        .withMessageContaining("Writer \"writer\" reads the weight \"w/kernel\"")
        .withMessageContaining("let inner() of the layer return Dense \"w\"");
  }

  @Test
  void weights_ofALayerThatWrapsTwo_areEachOnceInTheirOrder() {
    Dense first = times("first", 1);
    Dense second = times("second", 2);
    Layer pair =
        new Around(first) {
          @Override
          public List<Layer> inner() {
            return List.of(second, first, second);
          }
        };
    model(second);
    model(pair);

    assertThat(pair.weights()).containsExactly(second.weight("kernel"), first.weight("kernel"));
  }

  @OnBothEngines
  void activityPenalty_insideTimeDistributed_isDividedByTheBatchAlone(Engine engine) {
    Dense inside = times("w", 1).activityRegularizer(Regularizers.l2(1));
    Model sequence =
        Model.sequential("m", Input.of("x", 3, 1), TimeDistributed.of(inside).named("steps"));
    INDArray x = column(2, 2, 4).reshape(1, 3, 1);

    double loss = sequence.compile(descent(engine, 0)).trainOnBatch(x, x).loss();

    assertThat(loss).isCloseTo(24, CLOSE);
    INDArray two = column(2, 2, 4, 0, 0, 4).reshape(2, 3, 1);
    double ofTwo = sequence.compile(descent(engine, 0)).trainOnBatch(two, two).loss();
    assertThat(ofTwo).isCloseTo(40 / 2.0, CLOSE);
  }

  @OnBothEngines
  void activityPenalty_insideTwoTimesDistributed_isDividedByTheBatchAlone(Engine engine) {
    Dense inside = times("w", 1).activityRegularizer(Regularizers.l2(1));
    Layer around = new Around(inside).named("around");
    Layer nested = TimeDistributed.of(TimeDistributed.of(around).named("inner")).named("outer");
    Model sequence = Model.sequential("m", Input.of("x", 3, 2, 1), nested);
    INDArray x = column(1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 2).reshape(2, 3, 2, 1);

    double loss = sequence.compile(descent(engine, 0)).trainOnBatch(x, x).loss();

    assertThat(loss).isCloseTo(16 / 2.0, CLOSE);
  }
}
