package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.MappedRows;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 200,000 pictures of 64×64×3 bytes in a mapped file: 2.5 GB that never are in the heap. */
@Tag("heavy")
class LargeDataTest {

  private static final int ROWS = 200_000;
  private static final int PIXELS = 64 * 64 * 3;
  private static final int WARM_UP = 5;
  private static final int STEPS = Integer.getInteger("tandem.test.steps", 60);

  @Test
  void mappedPictures_trainedOn_takeLittleHeapAndNoWaiting(@TempDir Path folder) throws Exception {
    Path file = pictures(folder.resolve("pictures.bin"));
    MappedRows rows =
        MappedRows.of(
            file,
            Column.target("label", DataType.INT8, Shape.scalar()).as(DataType.INT32),
            Column.input("image", DataType.UINT8, Shape.of(64, 64, 3))
                .scaled(PixelRange.MINUS_ONE_TO_ONE));
    assertThat(rows.size()).isEqualTo(ROWS);
    long waited = 0;
    long begun = 0;
    Batching batching = Batching.of(64).shuffled(1).droppingRemainder();
    try (Trainer trainer = net().compile(recipe());
        BatchIterator batches =
            rows.withWorkers(2).endlessBatches(batching, BatchPosition.START).prefetched()) {
      for (int step = 0; step < WARM_UP + STEPS; step++) {
        if (step == WARM_UP) {
          begun = System.nanoTime();
          waited = 0;
        }
        long asked = System.nanoTime();
        Batch batch = batches.next();
        waited += System.nanoTime() - asked;
        INDArray labels = batch.target("label");
        assertThat(trainer.trainOnBatch(batch.input("image"), labels).loss()).isFinite();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Runtime.getRuntime().gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        Locale.ROOT,
        "%d steps of %.1f ms, %.2f %% of it waiting; heap %d MB in use, %d MB taken, %d MB"
            + " allowed; %s%n",
        STEPS,
        seconds / STEPS * 1e3,
        waited / 1e7 / seconds,
        heap >> 20,
        Runtime.getRuntime().totalMemory() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        resident());
    assertThat(heap).isLessThan(1L << 29);
  }

  private static Model net() {
    return Model.sequential(
            "net",
            Input.of("image", 64, 64, 3),
            Conv2D.filters(16).kernel(4).stride(2).activation(Activations.relu()),
            Conv2D.filters(32).kernel(4).stride(2).activation(Activations.relu()),
            Flatten.of(),
            Dense.units(10))
        .initialize(1);
  }

  private static Training recipe() {
    return Training.with(Adam.rate(1e-4)).loss(Losses.sparseCategoricalCrossentropy().fromLogits());
  }

  private static Path pictures(Path file) throws IOException {
    byte[] row = new byte[1 + PIXELS];
    Random random = new Random(1);
    random.nextBytes(row);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < ROWS; i++) {
        row[0] = (byte) (i % 10);
        row[1 + i % PIXELS] = (byte) random.nextInt();
        out.write(row);
      }
    }
    return file;
  }

  /** What Linux says of this process; empty elsewhere. */
  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.matches("(VmHWM|RssAnon|RssFile).*"))
            .map(line -> line.replaceAll("\\s+", " "))
            .toList()
            .toString()
        : "";
  }
}
