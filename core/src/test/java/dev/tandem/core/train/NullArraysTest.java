package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Null in place of arrays and tensors. */
class NullArraysTest {

  private static final INDArray X = Nd4j.ones(2, 3);

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Map<String, INDArray> nulled(String name) {
    Map<String, INDArray> map = new HashMap<>();
    map.put(name, null);
    return map;
  }

  @Test
  void nullArrays_areRefusedByName() {
    Input x = Input.of("x", 3);
    Dense dense = Dense.units(1).named("d");
    Model model = Model.sequential("m", x, dense);
    INDArray none = null;
    Map<String, INDArray> noMap = null;
    Training recipe = Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1);
    try (Trainer trainer = model.compile(recipe)) {
      refused(() -> trainer.predict(none), "the input is null; give an array");
      refused(() -> trainer.predict(noMap), "the map of inputs is null; give arrays by name");
      refused(() -> trainer.predict(nulled("x")), "the input \"x\" is null; give an array");
      refused(() -> trainer.trainOnBatch(none, X), "the input is null; give an array");
      refused(() -> trainer.trainOnBatch(X, none), "the target is null; give an array");
      refused(
          () -> trainer.testOnBatch(Examples.of(Map.of("x", X), nulled("d"))),
          "the target \"d\" is null; give an array");
      refused(() -> Examples.of(X, X).weights(null), "the sample weight is null; give an array");
    }
    refused(
        () -> dense.weight("kernel").set(null),
        "\"d/kernel\" was to be set to null; give an array float32 (3, 1)");
    refused(
        () -> Dataset.builder().input("x", null), "input \"x\" is null; give a name and an array");
    refused(
        () -> dense.apply((SymbolicTensor) null),
        "Dense \"d\" was called on null, among [null]; call it on tensors");
    refused(() -> Dense.units(1).applyAll(List.of()), "unnamed Dense was called on nothing");
  }
}
