package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Big weights go straight from their memory to the file and back. */
@Tag("heavy")
class BigSaveTest {

  private static final int ROWS = 200_000;
  private static final int SIZE = 256;
  private static final long BYTES = (long) ROWS * SIZE * Float.BYTES;

  @TempDir Path folder;

  @Test
  void saveAndLoad_ofABigWeight_needNoSecondCopy() throws IOException {
    Model model =
        Model.sequential(
            "big",
            Input.of("row", Shape.scalar(), DataType.INT32),
            Embedding.of(ROWS, SIZE).named("table"));
    Weight table = model.weights().get(0);
    long before = crc(table);
    long native0 = Pointer.physicalBytes();
    resetPeaks();
    long heap0 = peak();

    Weights.save(model, folder.resolve("big"));
    table.variable().array().assign(0);
    Weights.load(model, folder.resolve("big"));

    assertThat(crc(table)).isEqualTo(before);
    assertThat(peak() - heap0).as("heap").isLessThan(BYTES / 4);
    assertThat(Pointer.physicalBytes() - native0).as("all memory").isLessThan(BYTES / 2);
    assertThat(folder.resolve("big/arrays-0.bin").toFile()).hasSize(BYTES);
  }

  private static long crc(Weight weight) throws IOException {
    CRC32C crc = new CRC32C();
    ArrayMemory.read(weight.variable().array(), crc::update);
    return crc.getValue();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeaks() {
    System.gc();
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peak() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }
}
