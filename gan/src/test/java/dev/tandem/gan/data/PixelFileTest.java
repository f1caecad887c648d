package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file with the bytes of pictures, made once and used again. */
class PixelFileTest {

  @TempDir private Path folder;
  @TempDir private Path cache;

  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < 9; i++) {
      write("class" + i % 2 + "/" + i + ".png", 0x010203 * (20 + i));
    }
  }

  private void write(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 200; i++) {
      image.setRGB(i % 20, i / 20, rgb);
    }
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), Pngs.of(image));
  }

  /** Opens, and says how many pictures were read for it. */
  private int read(ImageFiles files) {
    int[] count = new int[1];
    files.telling((read, all) -> count[0]++).open();
    return count[0];
  }

  private ImageFiles files() {
    return ImageFiles.in(folder).cachedIn(cache).size(ImageSize.square(8));
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.toList();
    }
  }

  private static List<byte[]> content(ImageSet images) {
    List<byte[]> content = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      content.add(images.image(i));
    }
    return content;
  }

  @Test
  void secondOpening_readsNoPicture_andHasTheSame() throws IOException {
    ImageSet first = files().open();

    assertThat(read(files())).isZero();
    ImageSet second = files().open();

    assertThat(content(second)).usingRecursiveComparison().isEqualTo(content(first));
    assertThat(second.labels()).isEqualTo(first.labels());
    assertThat(second.classes()).isEqualTo(first.classes());
    assertThat(second.files()).isEqualTo(first.files());
    assertThat(second.digest()).isEqualTo(first.digest()).hasSize(64);
    assertThat(cached()).hasSize(1);
  }

  @Test
  void otherSettings_makeAnotherFile() throws IOException {
    assertThat(read(files())).isEqualTo(9);
    assertThat(read(files().resize(ImageResize.FIT))).isEqualTo(9);
    assertThat(read(files().background(0x123456))).isEqualTo(9);
    assertThat(read(files().channels(1))).isEqualTo(9);
    assertThat(read(files().size(ImageSize.square(9)))).isEqualTo(9);
    assertThat(read(files())).isZero();
    assertThat(cached()).hasSize(5);
  }

  @Test
  void changedFolder_isReadAnew() throws IOException {
    String before = files().open().digest();
    write("class0/0.png", 0xFFFFFF);
    Files.setLastModifiedTime(folder.resolve("class0/0.png"), FileTime.fromMillis(1_000_000));
    assertThat(read(files())).isEqualTo(9);
    assertThat(files().open().digest()).isNotEqualTo(before);

    Files.move(folder.resolve("class0/0.png"), folder.resolve("class1/0.png"));
    assertThat(read(files())).isEqualTo(9);
    Files.delete(folder.resolve("class1/0.png"));
    assertThat(read(files())).isEqualTo(8);
  }

  @Test
  void damagedFile_isMadeAnew() throws IOException {
    ImageSet images = files().open();
    List<byte[]> content = content(images);
    Path file = cached().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 1 + whole.length / 9) {
      // A new file each time: the old one is still mapped.
      Files.delete(file);
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThat(read(files())).as("byte %d of %d", at, whole.length).isEqualTo(9);
      Files.delete(file);
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(read(files())).as("cut at %d of %d", at, whole.length).isEqualTo(9);
    }
    assertThat(content(files().open())).usingRecursiveComparison().isEqualTo(content);
    assertThat(cached()).hasSize(1);
  }

  @Test
  void openings_atTheSameTime_allHaveTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<ImageSet>> opened = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        opened.add(threads.submit(() -> files().open()));
      }
      for (Future<ImageSet> images : opened) {
        assertThat(content(images.get()))
            .usingRecursiveComparison()
            .isEqualTo(content(files().open()));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(cached()).hasSize(1);
  }

  @Test
  void order_isThatOfNames_whateverIsDecodedFirst() throws IOException {
    for (int i = 10; i < 100; i++) {
      write("class1/" + i + ".png", 0x010101 * i);
    }

    ImageSet images = files().channels(1).open();

    for (int i = 0; i < 90; i++) {
      int row = images.files().indexOf("class1/" + (10 + i) + ".png");
      assertThat(images.image(row)[0] & 0xFF).isEqualTo(10 + i);
    }
    assertThat(images.files()).isSorted();
  }

  @Test
  void cache_thatCannotBeWritten_isRefused_andLeavesNothing() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "mine");

    assertThatThrownBy(() -> files().cachedIn(file).open())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("cannot be written (")
        .hasMessageContaining("nothing was left of it");
    assertThat(file).hasContent("mine");
    assertThat(cached()).containsExactly(file);
  }

  @Test
  void disk_withTooLittleRoom_isRefusedWithTheNumbers() throws IOException {
    assertThatThrownBy(() -> PixelFileWriter.create(cache.resolve("a.bin"), Long.MAX_VALUE).close())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("needs 9223372.0 TB for the images as bytes, and its disk has ")
        .hasMessageContaining("make room, take smaller images, or name a folder elsewhere");
    assertThat(cached()).isEmpty();
  }
}
