package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders under limits and encodings that hold for a whole JVM. */
class ImageFilesJvmTest {

  @TempDir private Path folder;

  /** Reads the folder of its argument and prints what it is. */
  static final class Reader {

    private Reader() {}

    public static void main(String... arguments) {
      try {
        ImageSet read = open(arguments[0]);
        if (arguments.length > 1) {
          read.requirePairsWith(open(arguments[1]));
        }
        System.out.println(
            System.getProperty("sun.jnu.encoding")
                + " "
                + read
                + " mean "
                + read.images(0, 1, PixelRange.ZERO_TO_ONE).meanNumber());
      } catch (DataFileException | IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
      System.exit(0);
    }

    private static ImageSet open(String folder) {
      Path path = Path.of(folder);
      return ImageFiles.in(path).inSquares().cachedIn(path.resolve(".cache")).open();
    }
  }

  private Path picture(Path directory, String name, int side, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, rgb);
    }
    return Files.write(directory.resolve(name), Pngs.of(image));
  }

  /** Renames a file to bytes that need not be letters of this JVM. */
  private static void rename(Path file, String octal) throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "mv \"$0\" \"$(dirname \"$0\")/$(printf '" + octal + "')\"",
                file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void names_outsideAscii_areReadUnderPosix() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path some = Files.createDirectory(folder.resolve("some"));
    rename(picture(some, "a.png", 4, 0xFFFFFF), "\\303\\274ber \\345\\233\\276.png");
    picture(some, "b.png", 4, 0xFFFFFF);
    rename(picture(other, "a.png", 4, 0), "\\303\\274ber \\345\\233\\276.png");
    picture(other, "b.png", 4, 0);
    Map<String, String> posix = Map.of("LC_ALL", "POSIX", "LANG", "POSIX");

    String paired =
        ForkedJvm.run(Reader.class, posix, List.of(), some.toString(), other.toString());
    rename(other.resolve("b.png"), "\\303\\275.png");
    String unpaired =
        ForkedJvm.run(Reader.class, posix, List.of(), some.toString(), other.toString());

    assertThat(paired)
        .contains(
            "ANSI_X3.4-1968 2 pictures of 16×16 pixels in 1 channel mean 1.0".replace("×", "?"));
    assertThat(unpaired).contains("b.png", " has no partner in ");
  }

  /** As on a disk that fills: a file may have half of the bytes that the images take. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void fileOfBytes_thatCannotBeWrittenToItsEnd_isTakenAway() throws Exception {
    for (int i = 0; i < 400; i++) {
      picture(folder, i + ".png", 40, i);
    }

    String read =
        ForkedJvm.run(
            List.of("sh", "-c", "ulimit -f 1500; exec \"$@\"", "sh"),
            Reader.class,
            Map.of(),
            List.of(),
            folder.toString());

    assertThat(read)
        .contains(".bin: cannot be written (", "nothing was left of it. Is there room on the disk");
    assertThat(folder.resolve(".cache")).doesNotExist();
  }

  /** 400 million pixels in a heap of 256 MB. */
  @Test
  void hugePicture_isReadInASmallHeap() throws Exception {
    Path file = folder.resolve("huge.png");
    Files.write(file, Pngs.gray(20_000, 20_000, 100));

    String read = ForkedJvm.run(Reader.class, Map.of(), List.of(), folder.toString());

    assertThat(read).contains(" 1 picture of 64", " pixels in 1 channel mean 0.39");
  }
}
