package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arrays whose memory is not theirs any more: read by address they end the JVM. */
class ClosedArraysTest {

  private static final String CLOSED = " was closed, and its memory given back";

  private final Model model = Model.sequential("m", Input.of("x", 3), Dense.units(2).named("d"));

  private static INDArray closed(long... shape) {
    INDArray array = Nd4j.ones(shape);
    array.close();
    return array;
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }

  private Trainer trainer(Engine engine) {
    return model.compile(
        Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).engine(engine).seed(1));
  }

  @OnBothEngines
  void closedArrays_areRefusedByName(Engine engine) {
    Trainer trainer = trainer(engine);
    Map<String, double[]> before = values(model);
    INDArray whole = Nd4j.ones(8, 3);
    INDArray view = whole.get(NDArrayIndex.interval(2, 4));
    whole.close();

    refused(() -> trainer.trainOnBatch(closed(2, 3), Nd4j.ones(2, 2)), "input \"x\"" + CLOSED);
    refused(() -> trainer.trainOnBatch(view, Nd4j.ones(2, 2)), "input \"x\"" + CLOSED);
    refused(() -> trainer.gradients(Examples.of(Nd4j.ones(2, 3), closed(2, 2))), CLOSED);
    refused(() -> trainer.testOnBatch(closed(2, 3), Nd4j.ones(2, 2)), CLOSED);
    refused(
        () ->
            trainer.trainOnBatch(Examples.of(Nd4j.ones(2, 3), Nd4j.ones(2, 2)).weights(closed(2))),
        "sample weights of \"d\"" + CLOSED);
    refused(() -> Predictor.of(model, engine).predict(closed(2, 3)), "input \"x\"" + CLOSED);
    Toys.assertClose(values(model), before, 0);
  }

  @Test
  void closedData_isRefusedBeforeItIsRead() {
    Trainer trainer = trainer(new PlanEngine());
    refused(() -> Dataset.builder().input("x", closed(4, 3)), "input \"x\"" + CLOSED);
    INDArray x = Nd4j.ones(4, 3);
    Dataset data = Dataset.builder().input("x", x).target("d", Nd4j.ones(4, 2)).build();
    x.close();

    refused(
        () -> trainer.fit(data, Fit.epochs(1).batchSize(2)),
        "input \"x\" of the data set" + CLOSED);
    refused(() -> trainer.evaluate(data, 2), "input \"x\" of the data set" + CLOSED);
    refused(() -> data.batches(Batching.of(2), 0), "input \"x\" of the data set" + CLOSED);
  }

  @Test
  void closedValues_areNotSet() {
    refused(() -> model.weight("d/kernel").set(closed(3, 2)), "\"d/kernel\" is set to" + CLOSED);
  }

  @OnBothEngines
  @SuppressWarnings("try") // the workspace is there to be closed
  void arrayOfAClosedWorkspace_isRefused(Engine engine) {
    INDArray x;
    try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace("closed")) {
      x = Nd4j.ones(2, 3);
    }

    refused(
        () -> trainer(engine).trainOnBatch(x, Nd4j.ones(2, 2)),
        "input \"x\" belongs to a workspace that is closed; detach() it before");
  }
}
