package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.MappedRows;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.TestDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on data says. */
class DataTest {

  private static final int SIZE = 20;

  private static Trainer trainer() {
    return Model.sequential(
            "net", Input.of("image", 4, 4, 3), Flatten.of(), Dense.units(3).named("kind"))
        .initialize(1)
        .compile(
            Training.with(Adam.rate(1e-3))
                .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                .seed(1));
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static INDArray labels() {
    int[] labels = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      labels[i] = i < 3 ? 2 : i % 2;
    }
    return Nd4j.createFromArray(labels);
  }

  private static Dataset dataset() {
    return Dataset.builder()
        .input("image", Nd4j.rand(DataType.FLOAT, SIZE, 4, 4, 3))
        .target("label", labels())
        .build();
  }

  @Test
  void arrays_inMemory_areTrainedOn() {
    Trainer trainer = trainer();
    INDArray images = Nd4j.rand(DataType.FLOAT, SIZE, 4, 4, 3);
    INDArray labels = labels();
    // region memory
    Dataset data = Dataset.builder().input("image", images).target("label", labels).build();
    trainer.fit(data, Fit.epochs(2).batchSize(8).validationSplit(0.2));
    // endregion
    assertThat(trainer.steps()).isEqualTo(4);
  }

  @Test
  void rowsOfAFile_mapped_areTrainedOn(@TempDir Path folder) throws IOException {
    byte[] rows = bytes(1, SIZE * 49);
    for (int i = 0; i < SIZE; i++) {
      rows[49 * i] = (byte) (i % 3);
    }
    Path file = Files.write(folder.resolve("pictures.bin"), rows);
    Trainer trainer = trainer();
    // region mapped
    DataSource pictures =
        MappedRows.of(
            file,
            Column.target("label", DataType.INT8, Shape.scalar()),
            Column.input("image", DataType.UINT8, Shape.of(4, 4, 3))
                .scaled(PixelRange.MINUS_ONE_TO_ONE));
    trainer.fit(pictures.withWorkers(2), Fit.epochs(2).batchSize(8));
    // endregion
    assertThat(trainer.steps()).isEqualTo(6);
  }

  // region own
  /** Pictures of 4×4 pixels, each in a file of 48 bytes of its own; the name ends in the label. */
  record RawPictures(List<Path> files) implements RowSource {

    @Override
    public int size() {
      return files.size();
    }

    @Override
    public ImmutableList<Column> columns() {
      return ImmutableList.of(
          Column.input("image", DataType.UINT8, Shape.of(4, 4, 3))
              .scaled(PixelRange.MINUS_ONE_TO_ONE),
          Column.target("label", DataType.INT32, Shape.scalar()));
    }

    @Override
    public void read(int column, int row, ByteBuffer into) throws IOException {
      if (column == 0) {
        into.put(Files.readAllBytes(files.get(row)));
      } else {
        String name = files.get(row).getFileName().toString();
        into.putInt(name.charAt(name.length() - 1) - '0');
      }
    }

    @Override
    public String place(int row) {
      return files.get(row).toString();
    }
  }

  // endregion

  @Test
  void ownRows_readByWorkers_areTrainedOnAndNamedInErrors(@TempDir Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      files.add(Files.write(folder.resolve("p" + i + "-" + i % 3), bytes(i, 48)));
    }
    Trainer trainer = trainer();
    trainer.fit(new RawPictures(files).withWorkers(3), Fit.epochs(1).batchSize(2));
    assertThat(trainer.steps()).isEqualTo(3);
    Files.delete(files.get(4));
    assertThatThrownBy(
            () -> trainer.fit(new RawPictures(files), Fit.epochs(1).batchSize(2).shuffled(false)))
        .hasMessageContaining("p4-1 of the data set cannot be read for input \"image\"");
    assertThat(trainer.steps()).isEqualTo(5);
  }

  @Test
  void pieces_andIteratorsOfDl4j_areTrainedOn() {
    Trainer trainer = trainer();
    Dataset all = dataset();
    DataSetIterator iterator =
        new TestDataSetIterator(
            new DataSet(all.input("image"), labels().castTo(DataType.FLOAT).reshape(SIZE, 1)), 5);
    // region pieces
    DataSource pieces = SequenceSource.of(List.of(all.slice(0, 13), all.slice(13, 20)));
    DataSource streams = SequenceSource.streams(() -> Stream.of(all.slice(0, 5), all.slice(5, 20)));
    DataSource once = SequenceSource.once(Stream.of(all)); // one epoch, which cannot be resumed
    DataSource dl4j =
        SequenceSource.of(iterator).with("labels", column -> column.cast(DataType.INT32));
    // endregion
    trainer.fit(pieces, Fit.epochs(2).batchSize(8));
    trainer.fit(streams, Fit.epochs(2).batchSize(8));
    trainer.fit(once, Fit.epochs(1).batchSize(8));
    assertThat(trainer.steps()).isEqualTo(15);
    assertThat(dl4j.take(4).target("labels").dataType()).isEqualTo(DataType.INT32);
  }

  @Test
  void classes_balanced_comeEquallyOften() {
    Dataset data = dataset();
    // region balanced
    DataSource balanced = data.balancedBy("label");
    // endregion
    try (BatchIterator batches = balanced.batches(Batching.of(6).shuffled(1), 0)) {
      assertThat(batches.next().target("label").toIntVector()).containsOnly(0, 1, 2);
    }
  }

  @Test
  void batches_ofAPosition_areReadByHand() {
    Dataset data = dataset();
    Trainer trainer = trainer();
    BatchPosition position = BatchPosition.START;
    // region loop
    try (BatchIterator batches =
        data.batches(Batching.of(8).shuffled(1), position, 3).prefetched()) {
      while (batches.hasNext()) {
        Batch batch = batches.next(); // its arrays are written again by the next one
        trainer.trainOnBatch(batch.input("image"), batch.target("label"));
        position = batches.position(); // what a run has to keep to go on here
      }
    }
    // endregion
    assertThat(position).isEqualTo(new BatchPosition(3, 0));
  }
}
