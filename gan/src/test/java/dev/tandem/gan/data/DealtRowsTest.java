package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Pictures that are changed by chance and come by classes, dealt to several workers. */
class DealtRowsTest {

  private static final int EPOCHS = 2;

  @TempDir Path directory;

  private static List<String> read(DataSource data, Batching batching) {
    List<String> all = new ArrayList<>();
    try (BatchIterator batches = data.batches(batching, BatchPosition.START, EPOCHS).prefetched()) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        all.add(
            batch.position()
                + Arrays.toString(batch.target("labels").toIntVector())
                + Arrays.hashCode(batch.input("samples").ravel().toFloatVector()));
      }
    }
    return all;
  }

  /** What readers get, put together in the order of ranks, is the one order, whatever W. */
  private static void assertDealt(Function<Integer, DataSource> ofReader, int batches) {
    Batching batching = Batching.of(3).shuffled(5);
    List<String> all = read(ofReader.apply(0), batching);
    assertThat(all).doesNotHaveDuplicates().hasSize(EPOCHS * batches);
    for (int count = 1; count <= 4; count++) {
      List<List<String>> dealt = new ArrayList<>();
      for (int rank = 0; rank < count; rank++) {
        dealt.add(read(ofReader.apply(rank), batching.dealt(rank, count)));
      }
      List<String> together = new ArrayList<>();
      for (int i = 0; i < dealt.get(0).size(); i++) {
        for (List<String> one : dealt) {
          together.add(one.get(i));
        }
      }
      assertThat(together).isEqualTo(all);
    }
  }

  @Test
  void augmentedAndBalancedRows_dealt_areThoseOfOneReader() {
    byte[] levels = new byte[36 * 8 * 8 * 3];
    new Random(1).nextBytes(levels);
    Dataset rows =
        Dataset.builder()
            .input(
                "samples", Nd4j.createFromArray(levels).castTo(DataType.UINT8).reshape(36, 8, 8, 3))
            .target("labels", Nd4j.arange(36).muli(Nd4j.arange(36)).fmodi(5).castTo(DataType.INT32))
            .build();
    assertDealt(
        rank ->
            RowAugmentation.none()
                .mirror()
                .crop(.2)
                .shift(1)
                .color(.1)
                .on(rows, "samples")
                .balancedBy("labels")
                .withWorkers(1 + rank % 2),
        12);
  }

  @Test
  void folder_readByEachWorkerIntoACacheOfItsOwn_givesOneOrder() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 36; i++) {
      BufferedImage picture = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(0, 0, 9, 8, random.ints(72).toArray(), 0, 9);
      Path file = directory.resolve(i % 3 == 0 ? "cats" : "dogs").resolve(i + ".png");
      file.getParent().toFile().mkdirs();
      ImageIO.write(picture, "png", file.toFile());
    }
    List<DataSource> opened = new ArrayList<>();
    for (int rank = 0; rank < 4; rank++) {
      opened.add(
          ImageFiles.in(directory)
              .size(ImageSize.square(8))
              .cachedIn(directory.resolveSibling("cache-" + rank))
              .open());
    }
    assertDealt(opened::get, 12);
  }
}
