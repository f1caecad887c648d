package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MnistTest {

  @TempDir Path folder;

  @Test
  void directory_loaded_holdsTheKnownImagesAndLabels() {
    Mnist mnist = Mnist.load(MnistFiles.directory(), PixelRange.MINUS_ONE_TO_ONE);

    assertPart(mnist.train(), 60_000, new int[] {5, 0, 4, 1, 9}, 1_567_298_545.0);
    assertPart(mnist.test(), 10_000, new int[] {7, 2, 1, 0, 4}, 264_923_200.0);
    INDArray first = mnist.train().images();
    assertThat(first.getFloat(0, 5, 12, 0)).isEqualTo(3 / 127.5f - 1);
    assertThat(first.getFloat(0, 5, 18, 0)).isEqualTo((float) (175 / 127.5 - 1));
    assertThat(first.minNumber().floatValue()).isEqualTo(-1f);
    assertThat(first.maxNumber().floatValue()).isEqualTo(1f);
  }

  @Test
  void classPath_loaded_isTheSameInTheOtherRange() throws IOException {
    URL root = MnistFiles.directory().getParent().toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {root}, null)) {
      INDArray images = Mnist.fromClassPath(loader, PixelRange.ZERO_TO_ONE).test().images();

      assertThat(sum(images) * 255).isCloseTo(264_923_200.0, within(10.0));
      assertThat(images.minNumber().floatValue()).isZero();
      assertThat(images.maxNumber().floatValue()).isEqualTo(1f);
    }
  }

  @Test
  void missingFile_loaded_isRefusedWithWhereItWasLookedFor() {
    assertThatThrownBy(() -> Mnist.load(folder, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            "train-images-idx3-ubyte.gz: not found in the directory "
                + folder
                + ", and neither is train-images-idx3-ubyte; put the four files of MNIST there, or"
                + " call Mnist.fromClassPath");
  }

  @Test
  void missingResource_loaded_isRefusedWithWhereItWasLookedFor() throws IOException {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(() -> Mnist.fromClassPath(empty, PixelRange.ZERO_TO_ONE))
          .isInstanceOf(DataFileException.class)
          .hasMessage(
              "train-images-idx3-ubyte.gz: not found as mnist/train-images-idx3-ubyte.gz on the"
                  + " class path; add tandem-examples to it, or call Mnist.load with a directory");
    }
  }

  @Test
  void plainFiles_loaded_areRead() throws IOException {
    write(
        "train", IdxBytes.zeros(2, 28, 28), IdxBytes.of(0x0801, new int[] {2}, (byte) 3, (byte) 9));
    write("t10k", IdxBytes.zeros(1, 28, 28), IdxBytes.zeros(1));

    Mnist mnist = Mnist.load(folder, PixelRange.MINUS_ONE_TO_ONE);

    assertThat(mnist.train().labels().toIntVector()).containsExactly(3, 9);
    assertThat(sum(mnist.test().images())).isEqualTo(-784);
  }

  @Test
  void imagesOfOtherShape_loaded_areRefused() throws IOException {
    write("train", IdxBytes.zeros(2, 27, 28), IdxBytes.zeros(2));

    assertRefused(
        "train-images-idx3-ubyte: expected elements UNSIGNED_BYTE of shape (n, 28, 28) with n at"
            + " least 1, got UNSIGNED_BYTE [2, 27, 28]; is it a file of MNIST?");
  }

  @Test
  void labelsOfOtherCount_loaded_areRefused() throws IOException {
    write("train", IdxBytes.zeros(2, 28, 28), IdxBytes.zeros(3));

    assertRefused(
        "train-labels-idx1-ubyte: holds 3 labels, but train-images-idx3-ubyte holds 2 images; are"
            + " the two files of one set?");
  }

  @Test
  void labelAboveNine_loaded_isRefused() throws IOException {
    write(
        "train",
        IdxBytes.zeros(2, 28, 28),
        IdxBytes.of(0x0801, new int[] {2}, (byte) 3, (byte) 10));

    assertRefused("train-labels-idx1-ubyte: label 1 is not in [0, 10): 10; is it a file of MNIST?");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Mnist.load(folder, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessage(message);
  }

  private void write(String part, byte[] images, byte[] labels) throws IOException {
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images);
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels);
  }

  private static void assertPart(LabeledImages part, int size, int[] labels, double levels) {
    assertThat(part.size()).isEqualTo(size);
    assertThat(part.images().shape()).containsExactly(size, 28, 28, 1);
    assertThat(part.images().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(part.images().ordering()).isEqualTo('c');
    assertThat(part.labels().dataType()).isEqualTo(DataType.INT32);
    assertThat(part.labels().toIntVector()).hasSize(size).startsWith(labels);
    double pixels = 784.0 * size;
    assertThat((sum(part.images()) + pixels) * 127.5).isCloseTo(levels, within(100.0));
  }

  /** The sum in float64: float32 does not hold it. */
  private static double sum(INDArray images) {
    FloatBuffer values = images.data().asNioFloat();
    double sum = 0;
    for (int i = 0; i < images.length(); i++) {
      sum += values.get(i);
    }
    return sum;
  }
}
