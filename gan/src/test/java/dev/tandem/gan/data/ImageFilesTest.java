package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import dev.tandem.gan.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ImageFilesTest {

  @TempDir private Path folder;
  @TempDir private Path cache;

  private ImageFiles files() {
    return ImageFiles.in(folder).cachedIn(cache);
  }

  private void write(String name, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, name.endsWith("jpg") ? Jpegs.of(image) : Pngs.of(image));
  }

  private static int level(ImageSet images, int row, int channel) {
    return images.image(row)[channel] & 0xFF;
  }

  @Test
  void folder_ofPicturesOfOneSize_isReadAsItIs() throws IOException {
    write("b.png", 3, 2, 0x00FF33);
    write("a.png", 3, 2, 0x666666);

    ImageSet images = files().open();

    assertThat(images.files()).containsExactly("a.png", "b.png");
    assertThat(images.sample()).hasToString("(2, 3, 3)");
    assertThat(images.classes()).isEmpty();
    assertThat(images.image(1)).startsWith((byte) 0, (byte) 0xFF, (byte) 0x33);
    INDArray scaled = images.images(0, 2, PixelRange.ZERO_TO_ONE);
    assertThat(scaled.shape()).containsExactly(2, 2, 3, 3);
    assertThat(scaled.getFloat(0, 1, 2, 0)).isEqualTo(0x66 / 255f);
    assertThat(scaled.getFloat(1, 1, 2, 1)).isEqualTo(1);
  }

  @Test
  void folders_ofAFolder_areClassesWithAllThatLiesDeeper() throws IOException {
    write("dogs/old/c.png", 8, 8, 0x0000FF);
    write("dogs/b.png", 8, 8, 0x0000FF);
    write("cats/a.png", 8, 8, 0xFF0000);
    write("owls of the north/d.jpg", 8, 8, 0x00FF00);
    Files.writeString(Files.createDirectories(folder.resolve("none")).resolve("read.me"), "");
    Files.createDirectories(folder.resolve(".thumbs"));
    write(".thumbs/x.png", 8, 8, 0);

    ImageSet images = files().open();

    assertThat(images.classes()).containsExactly("cats", "dogs", "owls of the north");
    assertThat(images.labels()).containsExactly(0, 1, 1, 2);
    assertThat(images.countByClass()).containsExactly(1, 2, 1);
    assertThat(images.files()).contains("dogs/old/c.png", "owls%20of%20the%20north/d.jpg");
    assertThat(level(images, 0, 0)).isEqualTo(255);
    assertThat(level(images, 1, 2)).isEqualTo(255);
    assertThat(images)
        .hasToString(
            "4 pictures of 8×8 pixels in 3 channels, 3 classes: cats 1, dogs 2, owls of the north"
                + " 1");
    assertThat(images.notes()).containsExactly("left out 1 file of other kinds: none/read.me");
  }

  @Test
  void pictures_besideFolders_haveNoClasses_andNoneIsLost() throws IOException {
    write("a.png", 4, 4, 0);
    write("more/b.png", 4, 4, 0xFFFFFF);

    ImageSet images = files().open();

    assertThat(images.classes()).isEmpty();
    assertThat(images.size()).isEqualTo(2);
    assertThat(images.labels()).containsExactly(0, 0);
  }

  @Test
  void sizes_ofAllKinds_becomeASquareNotAboveTheirMedian() throws IOException {
    write("a.png", 300, 45, 0xFF0000);
    write("b.png", 50, 400, 0x00FF00);
    write("c.png", 8, 8, 0x0000FF);

    ImageSet images = files().open();

    assertThat(images.imageSize()).isEqualTo(ImageSize.square(40));
    assertThat(level(images, 2, 2)).isEqualTo(255);
    assertThat(images.notes())
        .containsExactly(
            "1 picture smaller than 40×40 was enlarged (the smallest has a side of 8)");
    assertThat(files().size(ImageSize.parse("16x24")).open().sample()).hasToString("(16, 24, 3)");
  }

  @Test
  void squares_areKept_whereNetsCanHalveThem() throws IOException {
    write("a.png", 100, 100, 0);
    assertThat(files().open().imageSize()).hasToString("100×100");
    assertThat(files().inSquares().open().imageSize()).hasToString("64×64");

    write("a.png", 112, 112, 0);
    assertThat(files().inSquares().open().imageSize()).hasToString("112×112");

    write("a.png", 8, 8, 0);
    assertThat(files().inSquares().open().imageSize()).hasToString("16×16");
  }

  @Test
  void channels_areThoseOfThePictures_orAsAskedFor() throws IOException {
    write("a.png", 4, 4, 0x808080);
    write("b.png", 4, 4, 0x000000);

    assertThat(files().open().channels()).isEqualTo(1);
    assertThat(level(files().open(), 0, 0)).isEqualTo(0x80);
    assertThat(level(files().open(), 1, 0)).isZero();
    assertThat(files().channels(3).open().channels()).isEqualTo(3);

    write("b.png", 4, 4, 0xFF0000);
    assertThat(files().open().channels()).isEqualTo(3);
    ImageSet gray = files().channels(1).open();
    assertThat(level(gray, 0, 0)).isEqualTo(0x80);
    assertThat(level(gray, 1, 0)).isEqualTo(76);
    assertThatThrownBy(() -> files().channels(2)).hasMessageContaining("neither 1 (gray) nor 3");
  }

  @Test
  void transparentPictures_lieOnTheBackground_withoutFringes() throws IOException {
    BufferedImage disc = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 64 * 64; i++) {
      // Red at the left; at the right nothing, whose hidden color is black.
      disc.setRGB(i % 64, i / 64, i % 64 < 30 ? 0xFFFF0000 : 0x00000000);
    }
    Files.write(folder.resolve("a.png"), Pngs.of(disc));

    ImageSet white = files().size(ImageSize.square(16)).open();
    ImageSet green = files().size(ImageSize.square(16)).background(0x00FF00).open();

    for (byte red : levels(white, 0)) {
      assertThat(red & 0xFF).isEqualTo(255);
    }
    assertThat(level(white, 0, 3 * 7 + 1)).isBetween(127, 128);
    assertThat(level(green, 0, 3 * 15)).isZero();
    assertThat(level(green, 0, 3 * 15 + 1)).isEqualTo(255);
  }

  private static byte[] levels(ImageSet images, int channel) {
    byte[] all = images.image(0);
    byte[] levels = new byte[all.length / 3];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = all[3 * i + channel];
    }
    return levels;
  }

  @Test
  void pictures_ofAnotherRatio_areCroppedFittedOrSquashed() throws IOException {
    BufferedImage wide = new BufferedImage(96, 32, BufferedImage.TYPE_INT_RGB);
    int[] thirds = {0xFF0000, 0x00FF00, 0x0000FF};
    for (int i = 0; i < 96 * 32; i++) {
      wide.setRGB(i % 96, i / 96, thirds[i % 96 / 32]);
    }
    Files.write(folder.resolve("a.png"), Pngs.of(wide));
    ImageFiles square = files().size(ImageSize.square(16)).background(0x102030);

    assertThat(corner(square.resize(ImageResize.CROP))).isEqualTo(0x00FF00);
    assertThat(corner(square.resize(ImageResize.FIT))).isEqualTo(0x102030);
    assertThat(corner(square.resize(ImageResize.SQUASH))).isEqualTo(0xFF0000);
  }

  private static int corner(ImageFiles files) {
    byte[] image = files.open().image(0);
    return (image[0] & 0xFF) << 16 | (image[1] & 0xFF) << 8 | image[2] & 0xFF;
  }

  @Test
  void pictures_thatAGridWrote_areReadBack() {
    INDArray image = Nd4j.linspace(DataType.FLOAT, -1, 2.0 / 255, 256).reshape(1, 16, 16, 1);
    ImageGrid.ofColumns(1).withPadding(0).writePng(image, folder.resolve("grid.png"));

    INDArray read = files().open().images(0, 1, PixelRange.MINUS_ONE_TO_ONE);

    assertThat(Transforms.abs(read.sub(image)).maxNumber().doubleValue()).isLessThan(1e-6);
  }

  @Test
  void progress_isTold_untilAllAreRead() throws IOException {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      write(i + ".png", 4, 4, 0);
    }

    files().telling((read, all) -> told.add(read + "/" + all)).open();
    files().telling((read, all) -> told.add("again")).open();

    assertThat(told).containsExactly("1/3", "2/3", "3/3");
  }

  @Test
  void filesThatCannotBeRead_areLeftOutAndNamed_orRefused() throws IOException {
    write("a.png", 4, 4, 0);
    Files.writeString(folder.resolve("fake.png"), "text");
    Files.writeString(folder.resolve("ü.jpg"), "");

    ImageSet images = files().open();

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.notes())
        .singleElement()
        .asString()
        .startsWith("left out 2: fake.png is no picture: it begins as no")
        .endsWith(", ü.jpg is empty");
    assertThatThrownBy(() -> files().beingStrict().open())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("2 of 3 files cannot be read; repair them or take them out");
  }

  @Test
  void folder_ofNothingUsable_isRefused_andLeavesNoFile() throws IOException {
    assertThatThrownBy(() -> files().open())
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds no picture (*.png, ")
        .hasMessageContaining("but nothing at all");

    Files.writeString(folder.resolve("notes.txt"), "");
    assertThatThrownBy(() -> files().open()).hasMessageContaining("but notes.txt;");

    Files.writeString(folder.resolve("a.png"), "text");
    Files.writeString(folder.resolve("b.png"), "text");
    assertThatThrownBy(() -> files().open())
        .hasMessageContaining("2 of 2 files cannot be read, so that there is no picture: a.png is");
    assertThat(cache).isEmptyDirectory();

    assertThatThrownBy(() -> ImageFiles.in(folder.resolve("none")).open())
        .hasMessageContaining("does not exist");
  }

  @Test
  void links_toFoldersAndToNothing_areFollowedOrNamed() throws IOException {
    write("a/a.png", 4, 4, 0);
    Files.createSymbolicLink(folder.resolve("a/nowhere.png"), Path.of("nothing"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("a/round"), folder);

    ImageSet images = files().open();

    assertThat(images.classes()).containsExactly("a", "b");
    assertThat(images.leftOut())
        .extracting(LeftOut::toString)
        .anyMatch(text -> text.equals("a/nowhere.png is a link to nothing"))
        .anyMatch(
            text -> text.startsWith("a/round cannot be visited (java.nio.file.FileSystemLoop"));
  }

  @Test
  void hugePicture_isReadBySomeOfItsPixels() throws IOException {
    int side = 6000;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    byte[] line = new byte[side];
    for (int x = 0; x < side; x++) {
      line[x] = (byte) (x * 256 / side);
    }
    for (int y = 0; y < side; y++) {
      image.getRaster().setDataElements(0, y, side, 1, line);
    }
    Files.write(folder.resolve("a.png"), Pngs.of(image));

    ImageSet images = files().size(ImageSize.square(16)).open();

    for (int x = 0; x < 16; x++) {
      assertThat(level(images, 0, x)).isBetween(16 * x + 7 - 1, 16 * x + 8 + 1);
    }
    assertThat(Decoder.step(20_000, 20_000, 64)).isEqualTo(5);
    assertThat(Decoder.step(20_000, 20_000, 0)).isEqualTo(1);
    assertThat(Decoder.step(400, 300, 64)).isEqualTo(1);
    assertThat(Decoder.step(1_000_000, 100, 64)).isEqualTo(1);
  }
}
