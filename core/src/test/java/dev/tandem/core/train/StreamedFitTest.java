package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Data that is not in memory trains as data in memory does. */
@Timeout(60)
class StreamedFitTest {

  private static final Fit HOW = Fit.epochs(2).batchSize(4).seed(3);

  private static Dataset images() {
    return Dataset.builder()
        .input("picture", normal(1, 10, 6, 6, 2))
        .target("answer", normal(2, 10, 3))
        .build();
  }

  private static Trainer adam(Model model) {
    return model.compile(Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).seed(5));
  }

  private static Model net() {
    return Toys.convNet().initialize(4);
  }

  private static void assertEqual(Model model, Model expected) {
    Map<String, double[]> wanted = values(expected);
    values(model).forEach((path, numbers) -> assertThat(numbers).isEqualTo(wanted.get(path)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rows_readByThreads_trainToTheBitsOfADataSet(int workers) {
    Model inMemory = net();
    History expected = adam(inMemory).fit(images(), HOW.validation(images()));
    Model model = net();
    DataSource rows = new Streamed(images()).withWorkers(workers);
    History history = adam(model).fit(rows, HOW.validation(rows));

    assertEqual(model, inMemory);
    assertThat(history.epochs()).isEqualTo(expected.epochs());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rows_resumedInTheMiddleOfAnEpoch_goOnToTheBit(int workers) {
    DataSource rows = new Streamed(images()).withWorkers(workers);
    Model whole = net();
    adam(whole).fit(rows, HOW);
    BatchPosition place = new BatchPosition(1, 1);
    Model model = net();
    Trainer first = adam(model);
    assertThatThrownBy(() -> first.fit(rows, HOW.callbacks(new Crash(place)))).hasMessage("crash");
    Trainer second = adam(model);
    second.state().restoreSteps(first.state().steps());
    first
        .state()
        .slots()
        .forEach((path, slot) -> second.state().slots().get(path).set(slot.array()));
    second.fit(rows, HOW.from(place));

    assertEqual(model, whole);
  }

  @Test
  void pieces_trainAsUnshuffledRowsDo() {
    Dataset images = images();
    Model inMemory = net();
    adam(inMemory).fit(images, HOW.shuffled(false));
    Model model = net();
    SequenceSource pieces =
        SequenceSource.of(List.of(images.slice(0, 3), images.slice(3, 4), images.slice(4, 10)));
    adam(model).fit(pieces, HOW);

    assertEqual(model, inMemory);
    assertThat(adam(model).evaluate(pieces, 4)).isEqualTo(adam(inMemory).evaluate(images, 4));
  }

  @Test
  void rows_splitForValidation_holdTheLastOnesOut() {
    Fit how = HOW.validationSplit(0.3);
    Model inMemory = net();
    Model model = net();

    assertThat(adam(model).fit(new Streamed(images()), how).epochs())
        .isEqualTo(adam(inMemory).fit(images(), how).epochs());
    assertThatThrownBy(() -> adam(model).fit(SequenceSource.of(List.of(images())), how))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a validation split holds the last rows out, and the sequence has no number of rows;"
                + " give other data by Fit.validation");
  }

  @Test
  void nanInARow_isNamedBeforeItsStepAndNothingOfItMoves() {
    Dataset images = images();
    images.input("picture").putScalar(new int[] {9, 0, 0, 0}, Double.NaN);
    Model model = net();
    Trainer trainer = adam(model);

    assertThatThrownBy(() -> trainer.fit(new Streamed(images), HOW.shuffled(false)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("holds NaN at (1, 0, 0, 0) of (2, 6, 6, 2), in picture 9.png");
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @Test
  void columnOfAnotherShape_isRefusedBeforeTheFirstStep() {
    Trainer trainer = adam(net());
    RowSource other =
        new Streamed(
            Dataset.builder()
                .input("picture", normal(1, 10, 6, 6, 3))
                .target("answer", normal(2, 10, 3))
                .build());

    assertThatThrownBy(() -> trainer.fit(new Streamed(images()), HOW.validation(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expects float32 (batch, 6, 6, 2) as input \"image\"");
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void sequenceThatCanBeReadOnce_forTwoEpochs_isRefusedBeforeTheFirstStep() {
    Trainer trainer = adam(net());

    assertThatThrownBy(() -> trainer.fit(SequenceSource.once(List.of(images()).iterator()), HOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the data can be read once, and 2 epochs read it 2 times");
    trainer.fit(SequenceSource.once(List.of(images()).iterator()), Fit.epochs(1).batchSize(5));
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @Test
  void exactNumbersOfOtherTypes_areConverted() {
    Dataset images = images();
    Model inMemory = net();
    adam(inMemory).fit(images, HOW);
    Model model = net();
    Dataset doubles =
        Dataset.builder()
            .input("picture", images.input("picture").castTo(DataType.DOUBLE))
            .target("answer", images.target("answer").castTo(DataType.DOUBLE))
            .build();
    adam(model).fit(doubles, HOW);

    assertEqual(model, inMemory);
    INDArray tenths = Nd4j.valueArrayOf(new long[] {10, 3}, 0.1, DataType.DOUBLE);
    Dataset inexact =
        Dataset.builder().input("picture", images.input("picture")).target("y", tenths).build();
    assertThatThrownBy(() -> adam(net()).fit(inexact, HOW))
        .hasMessageContaining("data.with(\"y\", column -> column.cast(DataType.FLOAT))");
  }

  /** Ends a fit at a place. */
  private record Crash(BatchPosition place) implements Callback {

    @Override
    public void onStep(FitProgress fit, StepResult result) {
      if (fit.position().equals(place)) {
        throw new IllegalStateException("crash");
      }
    }
  }

  /** The rows of a data set, read one by one. */
  private record Streamed(Dataset data) implements RowSource {

    @Override
    public int size() {
      return data.size();
    }

    @Override
    public ImmutableList<Column> columns() {
      return data.columns();
    }

    @Override
    public void read(int column, int row, ByteBuffer into) {
      data.read(column, row, into);
    }

    @Override
    public String place(int row) {
      return "picture " + row + ".png";
    }
  }
}
