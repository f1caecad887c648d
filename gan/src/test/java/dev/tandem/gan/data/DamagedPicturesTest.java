package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.op.random.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut or changed never become pictures of something else. */
class DamagedPicturesTest {

  private static final int SIDE = 48;

  @TempDir private Path folder;

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    CounterRandom random = CounterRandom.of(1, 2);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, (int) (random.uniform(i) * 0x1000000));
    }
    return image;
  }

  private static byte[] content(String format) throws IOException {
    return switch (format) {
      case "webp" -> WebPs.stripes(SIDE, SIDE, 10, new int[] {20, 200}, 30, 255);
      case "jpeg" -> Jpegs.of(noise());
      case "progressive jpeg" -> Jpegs.progressive(noise());
      default -> Pngs.written(noise(), format);
    };
  }

  private Picture read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("picture.bin"), content);
    return Picture.read(file, new ArrayList<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive jpeg", "png", "gif", "bmp", "tiff", "webp"})
  void files_cutAnywhere_areRefusedOrWhole(String format) throws IOException {
    byte[] content = content(format);
    Picture whole = read(content);
    int refused = 0;
    for (int part = 1; part < 64; part++) {
      byte[] cut = Arrays.copyOf(content, content.length * part / 64);
      Throwable thrown = catchThrowable(() -> read(cut));
      if (thrown == null) {
        assertThat(read(cut).levels())
            .as("%s cut at %d", format, cut.length)
            .isEqualTo(whole.levels());
      } else {
        assertThat(thrown).isInstanceOf(DataFileException.class);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void jpeg_cutHalfWay_isRefusedWithTheReadersWords() throws IOException {
    byte[] content = content("jpeg");
    Files.write(folder.resolve("a.jpg"), content);
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(content, content.length / 2));

    assertThatThrownBy(() -> ImageFiles.in(folder).beingStrict().cachedIn(folder).open())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(
            "cut.jpg: cannot be decoded as a JPEG picture: it is cut or damaged: ")
        .hasMessageContaining("; repair it or take it out of the folder");
  }

  /** Most bytes in a scan mean something, so that decoders cannot always tell. */
  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xFF, 0x55})
  void jpeg_overwrittenInItsMiddle_isRefusedOrRemarkedOn(int with) throws IOException {
    byte[] content = content("jpeg");
    Arrays.fill(content, content.length / 2, content.length * 3 / 4, (byte) with);
    Path file = Files.write(folder.resolve("picture.bin"), content);
    List<String> remarks = new ArrayList<>();

    Throwable thrown = catchThrowable(() -> Picture.read(file, remarks));

    if (thrown == null) {
      assertThat(remarks).singleElement().asString().startsWith("picture.bin: Corrupt JPEG data: ");
    } else {
      assertThat(thrown).isInstanceOf(DataFileException.class);
    }
  }

  @Test
  void jpeg_withBytesBehindItsEnd_isRead() throws IOException {
    byte[] content = content("jpeg");

    assertThat(read(Pngs.joined(content, new byte[100])).levels())
        .isEqualTo(read(content).levels());
  }

  @Test
  void png_withAChangedByte_isRefusedByItsChecksum() throws IOException {
    byte[] content = content("png");
    content[content.length / 2] ^= 0x10;

    assertThatThrownBy(() -> read(content))
        .hasMessageContaining("it is damaged: wrong checksum of the IDAT at byte ");
  }

  @Test
  void files_thatCannotBeRead_areNamedAllAtOnce() throws IOException {
    Files.write(folder.resolve("a.png"), content("png"));
    Files.write(folder.resolve("b.png"), new byte[0]);
    Files.writeString(folder.resolve("c.jpg"), "<!DOCTYPE html>");
    Files.writeString(
        folder.resolve("d.png"),
        "version https://git-lfs.github.com/spec/v1",
        StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("e.jpg"), Pngs.bytes(0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c'));

    assertThatThrownBy(() -> ImageFiles.in(folder).beingStrict().cachedIn(folder).open())
        .hasMessageContaining("4 of 5 files cannot be read; repair them or take them out")
        .hasMessageContaining("b.png is empty, c.jpg is no picture: ")
        .hasMessageContaining("d.png is the pointer of a file that Git LFS keeps elsewhere")
        .hasMessageContaining("e.jpg cannot be decoded as a HEIC picture: no ImageIO reader");
  }

  @Test
  void picture_largerThanTheHeap_isRefusedWithTheNumbers() {
    byte[] header = Pngs.row(1, 8, 2, new byte[0], new byte[3]);
    // Width and height in the header, and its checksum made anew.
    byte[] large = Arrays.copyOfRange(header, 16, 29);
    ByteBuffer.wrap(large).putInt(40_000).putInt(40_000);
    byte[] content =
        Pngs.joined(
            Arrays.copyOf(header, 8),
            Pngs.chunk("IHDR", large),
            Arrays.copyOfRange(header, 33, header.length));

    assertThatThrownBy(() -> read(content))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("40000×40000 pixels, which take up to 25.6 GB to decode")
        .hasMessageContaining("(-Xmx)");
  }

  @Test
  void folder_withOtherFiles_namesWhatItLeftOut() throws IOException {
    Files.write(folder.resolve("a.png"), content("png"));
    Files.write(folder.resolve("b.PNG"), content("png"));
    Files.writeString(folder.resolve(".hidden.png"), "");
    Files.writeString(folder.resolve("labels.csv"), "");
    Files.writeString(folder.resolve("c.heic"), "");
    Files.writeString(Files.createDirectory(folder.resolve("old")).resolve("notes.txt"), "");

    ImageSet read = ImageFiles.in(folder).cachedIn(folder).open();

    assertThat(read.leftOut())
        .extracting(LeftOut::file)
        .containsExactly("c.heic", "labels.csv", "old/notes.txt");
    assertThat(read).hasToString("2 pictures of 48×48 pixels in 3 channels");
    assertThat(read.notes())
        .containsExactly("left out 3 files of other kinds: c.heic, labels.csv, old/notes.txt");
  }
}
