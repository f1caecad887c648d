package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

  private static final int[] ONE_BY_TWO = {1, 2};

  @TempDir Path folder;

  @Test
  void trainLabels_read_startWithTheKnownDigits() {
    IdxFile labels = IdxFile.read(MnistFiles.directory().resolve("train-labels-idx1-ubyte.gz"));

    assertThat(labels.type()).isEqualTo(IdxType.UNSIGNED_BYTE);
    assertThat(labels.dimensions()).containsExactly(60_000);
    assertThat(labels.size()).isEqualTo(60_000);
    assertThat(labels.toInts()).startsWith(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
  }

  @Test
  void trainImages_read_sumUpToTheKnownNumber() {
    IdxFile images = IdxFile.read(MnistFiles.directory().resolve("train-images-idx3-ubyte.gz"));

    assertThat(images.dimensions()).containsExactly(60_000, 28, 28);
    assertThat(Arrays.stream(images.toInts()).asLongStream().sum()).isEqualTo(1_567_298_545L);
  }

  @Test
  void plainFile_read_equalsGzippedOne() throws IOException {
    byte[] bytes = IdxBytes.of(0x0802, ONE_BY_TWO, (byte) 7, (byte) 255);
    Path plain = Files.write(folder.resolve("plain"), bytes);
    Path zipped = Files.write(folder.resolve("zipped"), IdxBytes.zipped(bytes));

    assertThat(IdxFile.read(plain).toInts()).containsExactly(7, 255);
    assertThat(IdxFile.read(zipped).toInts()).containsExactly(7, 255);
    assertThat(IdxFile.read(plain).name()).isEqualTo("plain");
  }

  @Test
  void signedBytes_read_areNegative() {
    IdxFile file = IdxBytes.read(IdxBytes.of(0x0902, ONE_BY_TWO, (byte) -128, (byte) 127));

    assertThat(file.type()).isEqualTo(IdxType.SIGNED_BYTE);
    assertThat(file.toInts()).containsExactly(-128, 127);
    assertThat(file.toDoubles()).containsExactly(-128, 127);
  }

  @Test
  void shorts_read_haveHighByteFirst() {
    byte[] data = ByteBuffer.allocate(4).putShort((short) -2).putShort((short) 258).array();

    assertThat(IdxBytes.read(IdxBytes.of(0x0B02, ONE_BY_TWO, data)).toInts())
        .containsExactly(-2, 258);
  }

  @Test
  void ints_read_haveHighByteFirst() {
    byte[] data = ByteBuffer.allocate(8).putInt(Integer.MIN_VALUE).putInt(66_051).array();

    assertThat(IdxBytes.read(IdxBytes.of(0x0C02, ONE_BY_TWO, data)).toInts())
        .containsExactly(Integer.MIN_VALUE, 66_051);
  }

  @Test
  void floats_read_areExact() {
    byte[] data = ByteBuffer.allocate(8).putFloat(0.1f).putFloat(-3).array();

    assertThat(IdxBytes.read(IdxBytes.of(0x0D02, ONE_BY_TWO, data)).toDoubles())
        .containsExactly(0.1f, -3);
  }

  @Test
  void doubles_read_areExact() {
    byte[] data = ByteBuffer.allocate(16).putDouble(Math.PI).putDouble(-0.5).array();
    IdxFile file = IdxBytes.read(IdxBytes.of(0x0E02, ONE_BY_TWO, data));

    assertThat(file.toDoubles()).containsExactly(Math.PI, -0.5);
    assertThat(file.data().getDouble(0)).isEqualTo(Math.PI);
    assertThat(file.size()).isEqualTo(2);
  }

  @Test
  void dimensionZero_read_isEmpty() {
    assertThat(IdxBytes.read(IdxBytes.zeros(0, 28)).size()).isZero();
  }

  @Test
  void floats_askedForWholeNumbers_areRefused() {
    IdxFile file = IdxBytes.read(IdxBytes.of(0x0D01, new int[] {1}, new byte[4]));

    assertThatThrownBy(file::toInts)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("digits.gz holds elements of type FLOAT, not whole numbers; call toDoubles");
  }

  @Test
  void wrongMagic_read_isRefusedWithTheValue() {
    assertRefused(
        IdxBytes.of(0x1234, ONE_BY_TWO),
        "digits.gz: IDX magic is 0x00001234, expected 0x0000TTDD with type TT one of 08, 09, 0B,"
            + " 0C, 0D, 0E and DD dimensions; is this an IDX file?");
    assertRefused(IdxBytes.of(0x01000802, ONE_BY_TWO), "IDX magic is 0x01000802");
    assertRefused(IdxBytes.of(0x0800, new int[0]), "IDX magic is 0x00000800");
  }

  @Test
  void shortHeader_read_isRefusedWithBothLengths() {
    assertRefused(
        new byte[] {0, 0, 8},
        "digits.gz: expected 4 bytes for its header, found 3; the file is truncated, fetch it"
            + " again");
    assertRefused(new byte[0], "expected 4 bytes for its header, found 0");
    assertRefused(IdxBytes.of(0x0803, new int[] {1}), "expected 12 bytes for its header, found 4");
  }

  @Test
  void shortData_read_isRefusedWithBothLengths() {
    byte[] whole = IdxBytes.zeros(10, 28, 28);

    assertRefused(
        Arrays.copyOf(whole, whole.length - 40),
        "digits.gz: expected 7840 bytes for (10, 28, 28) of type UNSIGNED_BYTE, found 7800; the"
            + " file is truncated, fetch it again");
  }

  @Test
  void hugeDimensions_readFromShortFile_takeNoMemory() {
    assertRefused(
        IdxBytes.of(0x0801, new int[] {2_147_000_000}, new byte[5]),
        "expected 2147000000 bytes for (2147000000) of type UNSIGNED_BYTE, found 5");
  }

  @Test
  void moreThanAnArrayHolds_read_isRefused() {
    assertRefused(
        IdxBytes.of(0x0E02, new int[] {1 << 20, -1}),
        "digits.gz: its dimensions (1048576, 4294967295) ask for more than 2147483639 bytes of"
            + " data; is the header damaged?");
  }

  @Test
  void trailingBytes_read_areRefused() {
    assertRefused(
        IdxBytes.of(0x0801, new int[] {2}, new byte[3]),
        "digits.gz: has more than the 2 bytes of data that its dimensions (2) ask for; is it"
            + " another file?");
  }

  @Test
  void truncatedGzip_read_saysHowMuchCameOut() throws IOException {
    byte[] zipped = Files.readAllBytes(MnistFiles.directory().resolve("t10k-labels-idx1-ubyte.gz"));

    assertThatThrownBy(() -> IdxBytes.read(Arrays.copyOf(zipped, zipped.length / 2)))
        .isInstanceOf(DataFileException.class)
        .hasMessageMatching(
            "digits.gz: expected 10000 bytes for \\(10000\\) of type UNSIGNED_BYTE, found"
                + " \\d{4}; the file is truncated, fetch it again");
  }

  @Test
  void gzipWithoutItsEnd_read_isRefused() {
    byte[] zipped = IdxBytes.zipped(IdxBytes.zeros(4));

    for (int length : new int[] {5, zipped.length - 1}) {
      assertRefused(
          Arrays.copyOf(zipped, length),
          "digits.gz: gzip data ends inside its frame; the file is truncated, fetch it again");
    }
  }

  @Test
  void gzipWithWrongChecksum_read_isRefused() {
    byte[] zipped = IdxBytes.zipped(IdxBytes.zeros(4));
    zipped[zipped.length - 8] ^= 1;

    assertRefused(zipped, "digits.gz: gzip data is damaged (Corrupt GZIP trailer); fetch the file");
  }

  @Test
  void missingFile_read_isRefusedWithItsPath() {
    Path missing = folder.resolve("digits.gz");

    assertThatThrownBy(() -> IdxFile.read(missing))
        .isInstanceOf(DataFileException.class)
        .hasMessage("digits.gz: file not found at " + missing + "; is the path right?");
  }

  @Test
  void directory_read_isRefused() {
    assertThatThrownBy(() -> IdxFile.read(folder))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(folder.getFileName() + ": ")
        .hasMessageContaining("Is a directory");
  }

  @Test
  void failingStream_read_isRefusedWithItsCause() {
    IOException broken = new IOException("cable pulled");
    InputStream stream =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw broken;
          }
        };

    assertThatThrownBy(() -> IdxFile.read(stream, "digits.gz"))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            "digits.gz: reading failed (java.io.IOException: cable pulled); is the disk healthy?")
        .hasCause(broken)
        .extracting(e -> ((DataFileException) e).file())
        .isEqualTo("digits.gz");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> IdxBytes.read(bytes))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(message);
  }
}
