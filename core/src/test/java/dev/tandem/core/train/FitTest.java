package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.line;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class FitTest {

  private static final BatchPosition END = new BatchPosition(2, 0);

  /** Ten images for {@link Toys#convNet}. */
  private static Dataset images() {
    return Dataset.builder()
        .input("picture", normal(1, 10, 6, 6, 2))
        .target("answer", normal(2, 10, 3))
        .build();
  }

  private static Dataset ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return Dataset.builder().input("x", column(ones)).target("w", column(new double[size])).build();
  }

  private static Trainer adam(Model model, Engine engine) {
    return model.compile(
        Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine).seed(5));
  }

  private static long prefetchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tandem-prefetch"))
        .count();
  }

  @OnBothEngines
  void fit_withASmallerLastBatch_takesAStepForEachBatch(Engine engine) {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    History history = trainer.fit(ones(5), Fit.epochs(2).batchSize(2));
    assertThat(trainer.steps()).isEqualTo(6);
    assertThat(weight(model)).isCloseTo(Math.pow(0.8, 6), CLOSE);
    // losses w² before each step; two samples, two, one
    double expected = (2 + 2 * Math.pow(0.8, 2) + Math.pow(0.8, 4)) / 5;
    assertThat(history.of("loss").get(0)).isCloseTo(expected, CLOSE);
    assertThat(history.epochs()).hasSize(2);
  }

  @Test
  void fit_droppingTheRemainder_leavesItOut() {
    Trainer trainer = line(1).compile(descent(0.1));
    trainer.fit(ones(5), Fit.epochs(2).batchSize(2).droppingRemainder());
    assertThat(trainer.steps()).isEqualTo(4);
  }

  @OnBothEngines
  void fit_resumedAtAnyBatch_goesOnToTheBit(Engine engine) {
    Fit how = Fit.epochs(2).batchSize(4).seed(3);
    Model whole = Toys.convNet();
    History unbroken = adam(whole, engine).fit(images(), how);
    BatchPosition[] places = {new BatchPosition(0, 2), new BatchPosition(1, 0)};
    for (BatchPosition place : places) {
      Model model = Toys.convNet();
      Trainer first = adam(model, engine);
      assertThatThrownBy(() -> first.fit(images(), how.callbacks(new Crash(place))))
          .hasMessage("crash at " + place);
      Trainer second = adam(model, engine);
      second.state().restoreSteps(first.state().steps());
      first
          .state()
          .slots()
          .forEach((path, slot) -> second.state().slots().get(path).set(slot.array()));
      History rest = second.fit(images(), how.from(place));
      assertClose(values(model), values(whole), 0);
      assertThat(rest.last("loss")).isEqualTo(unbroken.last("loss"));
      assertThat(rest.epochs()).hasSize(2 - place.epoch());
    }
  }

  /** Ends a fit by an error when a position is reached. */
  private record Crash(BatchPosition place) implements Callback {
    @Override
    public void onStep(FitProgress progress, StepResult result) {
      if (progress.position().equals(place)) {
        throw new UnsupportedOperationException("crash at " + place);
      }
    }
  }

  @Test
  void fit_fromItsEnd_doesNothing() {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1));
    History history = trainer.fit(ones(4), Fit.epochs(2).from(END));
    assertThat(history.epochs()).isEmpty();
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void fit_fromABatchThatIsNotThere_isRefused() {
    Trainer trainer = line(1).compile(descent(0.1));
    Fit how = Fit.epochs(2).batchSize(2).from(new BatchPosition(0, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(ones(4), how))
        .withMessageStartingWith("batch 2 is not in [0, 2)");
  }

  @Test
  void order_ofSamples_followsFromTheSeedAndTheEpoch() {
    assertThat(order(Fit.epochs(2).seed(1))).isEqualTo(order(Fit.epochs(2).seed(1)));
    assertThat(order(Fit.epochs(2).seed(1))).isNotEqualTo(order(Fit.epochs(2).seed(2)));
    List<Double> inOrder = order(Fit.epochs(2).shuffled(false));
    assertThat(inOrder.subList(0, 8)).isEqualTo(inOrder.subList(8, 16)).isSorted();
    List<Double> shuffled = order(Fit.epochs(2));
    assertThat(shuffled.subList(0, 8)).isNotEqualTo(shuffled.subList(8, 16));
    assertThat(shuffled.subList(0, 8)).containsExactlyInAnyOrderElementsOf(inOrder.subList(0, 8));
  }

  /** The samples 1 to 8 in the order in which a fit meets them. */
  private static List<Double> order(Fit how) {
    Trainer trainer = line(1).compile(descent(0));
    List<Double> seen = new ArrayList<>();
    Dataset data =
        Dataset.builder()
            .input("x", column(1, 2, 3, 4, 5, 6, 7, 8))
            .target("w", column(new double[8]))
            .build();
    Callback note =
        new Callback() {
          @Override
          public void onStep(FitProgress progress, StepResult result) {
            seen.add(Math.rint(Math.sqrt(result.loss())));
          }
        };
    trainer.fit(data, how.batchSize(1).callbacks(note));
    return seen;
  }

  @OnBothEngines
  void validation_isEvaluatedAfterEachEpochAndMovesNothing(Engine engine) {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    Dataset held =
        Dataset.builder().input("a", column(2, 2, 2)).target("b", column(0, 0, 0)).build();
    History history = trainer.fit(ones(2), Fit.epochs(2).batchSize(2).validation(held));
    assertThat(history.of("val_loss").get(0)).isCloseTo(4 * 0.64, CLOSE);
    assertThat(history.of("val_loss").get(1)).isCloseTo(4 * 0.4096, CLOSE);
    assertThat(history.epochs().get(0)).containsOnlyKeys("loss", "val_loss");
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @Test
  void validationSplit_holdsTheLastPartOut() {
    Trainer trainer = line(1).compile(descent(0));
    Dataset data =
        Dataset.builder().input("x", column(1, 1, 1, 3)).target("w", column(0, 0, 0, 0)).build();
    History history = trainer.fit(data, Fit.epochs(1).validationSplit(0.25));
    assertThat(history.last("loss")).isCloseTo(1, CLOSE);
    assertThat(history.last("val_loss")).isCloseTo(9, CLOSE);
    assertThatIllegalStateException()
        .isThrownBy(() -> Fit.epochs(1).validationSplit(0.5).validation(data))
        .withMessage("validation data and a validation split are both set; leave one of them out");
  }

  @Test
  void error_inTheMiddle_closesTheReaderAndIsTold() {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1).checkingExamples(false));
    Dataset data =
        Dataset.builder()
            .input("x", column(1, 1, Double.NaN, 1))
            .target("w", column(0, 0, 0, 0))
            .build();
    List<String> told = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void onError(FitProgress progress, RuntimeException error) {
            told.add(progress.position() + ": " + error.getClass().getSimpleName());
          }

          @Override
          public void onEnd(FitProgress progress) {
            told.add("end");
          }
        };
    Fit how = Fit.epochs(3).batchSize(1).shuffled(false).callbacks(listener);
    assertThatExceptionOfType(NonFiniteException.class).isThrownBy(() -> trainer.fit(data, how));
    assertThat(told).containsExactly("epoch 0, batch 2: NonFiniteException");
    assertThat(prefetchers()).isZero();
    assertThat(trainer.steps()).isEqualTo(2);
    assertThat(weight(model)).isCloseTo(0.64, CLOSE);
  }

  @Test
  void callbacks_areCalledInTheirOrderAndMayStop() {
    Trainer trainer = line(1).compile(descent(0.1));
    List<String> calls = new ArrayList<>();
    class Note implements Callback {
      private final String name;

      Note(String name) {
        this.name = name;
      }

      @Override
      public void onStart(FitProgress p) {
        calls.add(name + " start of " + p.epochs() + " by " + p.stepsPerEpoch());
      }

      @Override
      public void onStep(FitProgress p, StepResult result) {
        calls.add(name + " step " + result.step() + " before " + p.position());
      }

      @Override
      public void onEpoch(FitProgress p) {
        calls.add(name + " epoch " + p.epoch() + " of " + p.history().epochs().size());
        p.stop("enough");
      }

      @Override
      public void onEnd(FitProgress p) {
        calls.add(name + " end: " + p.stopReason());
      }
    }

    Fit how = Fit.epochs(5).batchSize(1).callbacks(new Note("a")).callbacks(new Note("b"));
    trainer.fit(ones(2), how);
    assertThat(calls)
        .containsExactly(
            "a start of 5 by 2",
            "b start of 5 by 2",
            "a step 1 before epoch 0, batch 1",
            "b step 1 before epoch 0, batch 1",
            "a step 2 before epoch 1, batch 0",
            "b step 2 before epoch 1, batch 0",
            "a epoch 0 of 1",
            "b epoch 0 of 1",
            "a end: enough",
            "b end: enough");
    assertThat(prefetchers()).isZero();
  }

  @Test
  void names_ofTheOnlyInputAndTarget_doNotMatter() {
    Model model = line(2);
    Trainer trainer = model.compile(descent(0));
    Dataset data =
        Dataset.builder().input("whatever", column(1)).target("something", column(0)).build();
    assertThat(trainer.evaluate(data, 1).get("loss")).isCloseTo(4, CLOSE);
    assertThat(trainer.fit(data, Fit.epochs(1)).last("loss")).isCloseTo(4, CLOSE);
  }

  @Test
  void data_thatDoesNotFit_isRefusedBeforeAnythingMoves() {
    Model model = Toys.mlp(DataType.FLOAT);
    Map<String, double[]> before = values(model);
    Trainer trainer = model.compile(descent(0.1));
    INDArray x = normal(1, 4, 3);
    Dataset wide = Dataset.builder().input("x", normal(1, 4, 2)).target("y", x).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(wide, Fit.epochs(1)))
        .withMessageContaining("as input \"x\", got float32 (4, 2)");
    Dataset without = Dataset.builder().input("x", x).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(without, Fit.epochs(1)))
        .withMessageContaining("needs the target of \"out\"");
    Toys.assertUnmoved(model, before);
    assertThat(prefetchers()).isZero();
  }
}
