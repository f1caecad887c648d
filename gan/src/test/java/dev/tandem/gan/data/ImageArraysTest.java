package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in arrays: NumPy's files, CIFAR's and MNIST's. */
class ImageArraysTest {

  @TempDir private Path folder;

  private ImageSet open(Path file) {
    return ImageFiles.in(file).cachedIn(folder.resolve("cache")).open();
  }

  private static byte[] npy(String descr, String shape, byte[] numbers) {
    String header =
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    return Pngs.joined(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0},
        header.getBytes(StandardCharsets.US_ASCII),
        numbers);
  }

  private static byte[] floats(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return bytes.array();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void npy_ofBytes_isReadAsItIs() throws IOException {
    byte[] numbers = Pngs.bytes(1, 2, 3, 4, 5, 6, 200, 201, 202, 203, 204, 205);

    ImageSet images = open(write("a.npy", npy("|u1", "(2, 1, 2, 3)", numbers)));

    assertThat(images.sample()).hasToString("(1, 2, 3)");
    assertThat(images.image(1)).isEqualTo(Arrays.copyOfRange(numbers, 6, 12));
    assertThat(images.classes()).isEmpty();
    assertThat(images.notes()).isEmpty();
  }

  @Test
  void npy_withChannelsFirst_isTurned_andSaid() throws IOException {
    byte[] numbers = Pngs.bytes(1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24);

    ImageSet images = open(write("a.npy", npy("|u1", "(1, 3, 2, 2)", numbers)));

    assertThat(images.image(0)).containsExactly(1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24);
    assertThat(images.notes())
        .containsExactly(
            "1 remark of readers on pictures that were read: a.npy is read as (n, channels, height,"
                + " width), levels in [0, 255]");
  }

  @Test
  void npy_ofFloats_isScaledByTheRangeItFills() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      String type = order == ByteOrder.LITTLE_ENDIAN ? "<f4" : ">f4";
      byte[] unit = npy(type, "(1, 2, 2)", floats(order, 0, 0.5, 1, 0.2));
      byte[] signed = npy(type, "(1, 2, 2)", floats(order, -1, 0, 1, -0.6));
      byte[] levels = npy(type, "(1, 2, 2)", floats(order, 0, 127.6, 255, 51));
      for (byte[] content : new byte[][] {unit, signed, levels}) {
        assertThat(open(write("a.npy", content)).image(0)).isEqualTo(Pngs.bytes(0, 128, 255, 51));
        Files.delete(folder.resolve("a.npy"));
      }
    }
  }

  @Test
  void npy_thatHoldsNoImages_isRefusedWithAWayOut() throws IOException {
    byte[] odd = npy("<f4", "(1, 1, 2)", floats(ByteOrder.LITTLE_ENDIAN, 0, 300));
    byte[] nan = npy("<f4", "(1, 1, 2)", floats(ByteOrder.LITTLE_ENDIAN, 0, Double.NaN));

    assertRefused(odd, "its numbers are from 0.0 to 300.0, and pixels are in [0, 255], [0, 1] or");
    assertRefused(nan, "image 0 holds NaN; clean it or leave it out");
    assertRefused(
        npy("|u1", "(0, 28, 28)", new byte[0]),
        "holds no images: its array has the shape [0, 28, 28]; was all of it taken away");
    assertRefused(npy("|u1", "(2, 5)", new byte[10]), "arrays of images are (n, height, width), ");
    assertRefused(npy("|u1", "(2, 5, 5)", new byte[49]), "it is cut in row 1 of 2");
    assertRefused(npy("<c8", "(2, 5, 5)", new byte[400]), "its elements are c8");
    assertRefused(npy("|O", "(2,)", new byte[40]), "it holds no plain numbers");
    byte[] fortran = npy("|u1", "(1, 2, 2)", new byte[4]);
    String text = new String(fortran, StandardCharsets.ISO_8859_1).replace("False", "True ");
    assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), "numpy.ascontiguousarray(x)");
    assertRefused("hello".getBytes(StandardCharsets.US_ASCII), "is neither a folder of pictures");
    assertRefused(Pngs.gray(2, 2, 0), "is one picture; give the folder that it lies in");
    Path table = write("rows.csv", "a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> open(table)).hasMessageContainingAll("rows.csv: is a table", "Schema");
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path file = write("refused", content);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
    Files.delete(file);
  }

  private static byte[] npz(boolean compressed, Object... namesAndArrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(compressed ? 9 : 0);
      for (int i = 0; i < namesAndArrays.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndArrays[i] + ".npy"));
        zip.write((byte[]) namesAndArrays[i + 1]);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void npz_withLabels_hasClasses() throws IOException {
    byte[] images = npy("|u1", "(3, 2, 2)", Pngs.bytes(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
    byte[] labels =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(2)
            .putLong(0)
            .putLong(2)
            .array();
    for (boolean compressed : new boolean[] {true, false}) {
      byte[] file =
          npz(
              compressed,
              "x_test",
              npy("|u1", "(1, 2, 2)", new byte[4]),
              "x_train",
              images,
              "y_train",
              npy("<i8", "(3, 1)", labels));

      ImageSet read = open(write(compressed + ".npz", file));

      assertThat(read.labels()).containsExactly(2, 0, 2);
      assertThat(read.classes()).containsExactly("0", "1", "2");
      assertThat(read.image(2)).containsOnly(3);
      assertThat(read.notes()).containsExactly("left out 1: x_test is another array");
    }
    assertRefused(
        npz(true, "images", images, "labels", npy("<i8", "(2,)", new byte[16])),
        "has 3 images and 2 labels (labels)");
    assertRefused(
        npz(true, "a", images, "b", images), "has no array of images, or several, and none with");
    assertRefused(npz(true), "");
  }

  private static byte[] cifar(int labels, int count) {
    byte[] rows = new byte[(3072 + labels) * count];
    for (int i = 0; i < count; i++) {
      int at = i * (3072 + labels);
      Arrays.fill(rows, at, at + labels, (byte) 7);
      rows[at + labels - 1] = (byte) i;
      Arrays.fill(rows, at + labels, at + labels + 1024, (byte) (10 + i));
      Arrays.fill(rows, at + labels + 1024, at + labels + 2048, (byte) (20 + i));
      Arrays.fill(rows, at + labels + 2048, at + labels + 3072, (byte) (30 + i));
    }
    return rows;
  }

  private static byte[] tarGz(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content = (byte[]) namesAndContents[i + 1];
        byte[] header = new byte[512];
        put(header, 0, "cifar-10-batches-bin/" + namesAndContents[i]);
        put(header, 124, Integer.toOctalString(content.length) + " ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        out.write(header);
        out.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
      }
      out.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }

  private static void put(byte[] target, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  @Test
  void cifar_asItsArchiveAsAFolderOrAsAFile_isRead() throws IOException {
    byte[] names = "airplane\nautomobile\nbird\n\n".getBytes(StandardCharsets.US_ASCII);
    byte[] archive =
        tarGz(
            "data_batch_2.bin", cifar(1, 2),
            "batches.meta.txt", names,
            "test_batch.bin", cifar(1, 1),
            "data_batch_1.bin", cifar(1, 3));
    Path unpacked = Files.createDirectory(folder.resolve("cifar"));
    Files.write(unpacked.resolve("data_batch_1.bin"), cifar(1, 3));
    Files.write(unpacked.resolve("data_batch_2.bin"), cifar(1, 2));
    Files.write(unpacked.resolve("batches.meta.txt"), names);

    for (Path path : new Path[] {write("cifar-10-binary.tar.gz", archive), unpacked}) {
      ImageSet images = open(path);
      assertThat(images.size()).isEqualTo(5);
      assertThat(images.classes()).containsExactly("airplane", "automobile", "bird");
      assertThat(images.labels()).containsExactly(0, 1, 2, 0, 1);
      assertThat(images.image(4)).startsWith(11, 21, 31).endsWith(11, 21, 31);
    }
    ImageSet hundred = open(write("train.bin", cifar(2, 4)));
    assertThat(hundred.labels()).containsExactly(0, 1, 2, 3);
    assertThat(hundred.sample()).hasToString("(32, 32, 3)");
    assertRefused(tarGz("data_batch_1", new byte[10]), "of CIFAR take the binary version");
    assertRefused(tarGz("data_batch_1.bin", new byte[10]), "data_batch_1.bin has 10 bytes, which");
  }

  @Test
  void idx_withItsLabels_isRead() throws IOException {
    Path set = Files.createDirectory(folder.resolve("mnist"));
    Files.write(
        set.resolve("train-images-idx3-ubyte"),
        Pngs.bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4));
    Files.write(set.resolve("train-labels-idx1-ubyte"), Pngs.bytes(0, 0, 8, 1, 0, 0, 0, 2, 1, 0));

    ImageSet images = open(set);

    assertThat(images.sample()).hasToString("(1, 2, 1)");
    assertThat(images.labels()).containsExactly(1, 0);
    assertThat(images.image(1)).containsExactly(3, 4);
    assertThat(open(set.resolve("train-images-idx3-ubyte")).digest()).isEqualTo(images.digest());
  }
}
