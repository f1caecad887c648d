package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whose memory is whose, and when it goes. */
class LifetimesTest {

  private static final WorkspaceConfiguration SMALL =
      WorkspaceConfiguration.builder().initialSize(1 << 22).build();

  @AfterEach
  void destroyWorkspaces() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  @SuppressWarnings("try")
  private static <T> T inWorkspace(Supplier<T> task) {
    try (MemoryWorkspace open =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(SMALL, "LIFETIMES")) {
      return task.get();
    }
  }

  private static void writeOverWorkspace() {
    for (int i = 0; i < 3; i++) {
      inWorkspace(() -> Nd4j.create(DataType.FLOAT, 1 << 19).assign(1e24));
    }
  }

  private static Trainer compile(Model model, Engine engine) {
    return model.compile(
        Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine).seed(1));
  }

  @OnBothEngines
  void model_builtTrainedAndPredictedInsideAWorkspace_outlivesIt(Engine engine) {
    INDArray x = normal(1, 5, 3);
    INDArray y = normal(2, 5, 2);
    Model twin = Toys.mlp(DataType.FLOAT);
    Trainer expected = compile(twin, engine);
    for (int i = 0; i < 4; i++) {
      expected.trainOnBatch(x, y);
    }
    Model model = inWorkspace(() -> Toys.mlp(DataType.FLOAT));
    writeOverWorkspace();
    Trainer trainer = inWorkspace(() -> compile(model, engine));
    for (int i = 0; i < 3; i++) {
      inWorkspace(() -> trainer.trainOnBatch(x.dup(), y.dup()));
      writeOverWorkspace();
    }
    trainer.trainOnBatch(x, y);
    Toys.assertClose(Toys.values(model), Toys.values(twin), 0);
    Model copy = inWorkspace(() -> model.copy("copy"));
    INDArray predicted = inWorkspace(() -> trainer.predict(x.dup()));
    INDArray filledUp = inWorkspace(() -> Predictor.of(copy, engine).predict(x.dup()));
    writeOverWorkspace();
    assertThat(predicted.isAttached()).isFalse();
    assertThat(doubles(predicted)).isEqualTo(doubles(expected.predict(x)));
    assertThat(doubles(filledUp)).isEqualTo(doubles(expected.predict(x)));
  }

  @OnBothEngines
  void fit_insideAWorkspace_isThatOutside(Engine engine) {
    Model twin = Toys.convNet().initialize(1);
    Dataset data =
        Dataset.builder()
            .input("image", normal(3, 10, 6, 6, 2))
            .target("out", normal(4, 10, 3))
            .build();
    compile(twin, engine).fit(data, Fit.epochs(2).batchSize(4).validationSplit(0.2));
    Model model = Toys.convNet().initialize(1);
    Dataset inside =
        inWorkspace(
            () ->
                Dataset.builder()
                    .input("image", data.input("image").dup())
                    .target("out", data.target("out").dup())
                    .build());
    writeOverWorkspace();
    Trainer trainer = compile(model, engine);
    inWorkspace(() -> trainer.fit(inside, Fit.epochs(2).batchSize(4).validationSplit(0.2)));
    Toys.assertClose(Toys.values(model), Toys.values(twin), 0);
  }

  @OnBothEngines
  void weights_ofAModelInUse_areNotFreed_andOfAClosedOneAre(Engine engine) {
    Model model = Toys.line(2);
    Predictor predictor = Predictor.of(model, engine);
    predictor.predict(column(1));
    assertThatIllegalStateException()
        .isThrownBy(model::freeWeights)
        .withMessage(
            "\"w/kernel\" is used by 1 prepared graphs; close the trainers and predictors that"
                + " compute with it first");
    assertThat(predictor.predict(column(1)).getDouble(0)).isEqualTo(2);
    predictor.close();
    model.freeWeights();
    assertThatIllegalStateException()
        .isThrownBy(() -> Predictor.of(model, engine).predict(column(1)))
        .withMessage("the memory of \"w/kernel\" was given back; load or build its model anew");
  }

  @OnBothEngines
  void state_ofAClosedTrainer_isFreedAndThatOfItsSuccessorIsNot(Engine engine) {
    Model model = Toys.mlp(DataType.FLOAT);
    Trainer first = compile(model, engine);
    first.trainOnBatch(normal(1, 2, 3), normal(2, 2, 2));
    INDArray gradient = first.gradientArrays().values().iterator().next();
    Trainer second = first.recompile();
    assertThat(gradient.wasClosed()).isFalse();
    second.trainOnBatch(normal(1, 2, 3), normal(2, 2, 2));
    second.close();
    assertThat(gradient.wasClosed()).isTrue();
    assertThat(Toys.values(model).values())
        .allSatisfy(values -> assertThat(values).doesNotContain(Double.NaN));
  }

  /** What the process holds besides Java's heap. */
  private static long nativeBytes() {
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  private static void swap(int number, INDArray x) {
    Model model =
        Model.sequential(
                "swapped",
                Input.of("x", 256),
                Dense.units(512).named("a"),
                Dense.units(256).named("b"))
            .initialize(number); // 1 MB of weights, 3 MB of what Adam keeps, and plans
    try (Trainer trainer = compile(model, new PlanEngine());
        Predictor predictor = Predictor.of(model)) {
      trainer.trainOnBatch(x, x);
      predictor.predict(x);
    }
    model.freeWeights();
  }

  @Test
  @Tag("heavy")
  void modelsAndTrainers_swappedSixHundredTimes_takeNoMoreMemory() {
    INDArray x = Nd4j.ones(DataType.FLOAT, 64, 256);
    for (int i = 0; i < 100; i++) {
      swap(i, x);
    }
    long before = nativeBytes();
    for (int i = 0; i < 600; i++) {
      swap(i, x);
    }
    // of weights, gradients and moments alone 2.5 GB went through
    assertThat(nativeBytes() - before).isLessThan(150L << 20);
  }
}
