package dev.tandem.core.data;

import java.nio.file.Path;

/**
 * The MNIST database of handwritten digits, or any other in its four files (Fashion-MNIST, KMNIST).
 *
 * <p>Images are float32 {@code (n, 28, 28, 1)}, labels int32 {@code (n,)} from 0 to 9; n is 60,000
 * and 10,000 for MNIST itself.
 *
 * @param train the images to train with
 * @param test the images to judge with
 */
public record Mnist(LabeledImages train, LabeledImages test) {

  /**
   * Reads the files {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each with or without {@code .gz}.
   *
   * @param directory where the four files lie
   * @param range what pixels are scaled to
   * @throws DataFileException if a file is missing, damaged, or does not hold what its name says
   */
  public static Mnist load(Path directory, PixelRange range) {
    return new MnistReader(MnistSource.directory(directory), range).read();
  }

  /**
   * Reads the four files, gzipped, from {@code /mnist/} on the class path, as the examples bring
   * them.
   *
   * @param range what pixels are scaled to
   * @throws DataFileException if a file is missing, damaged, or does not hold what its name says
   */
  public static Mnist fromClassPath(PixelRange range) {
    return fromClassPath(Mnist.class.getClassLoader(), range);
  }

  /**
   * Reads the four files, gzipped, from {@code mnist/} as a class loader finds it.
   *
   * @param loader where to look
   * @param range what pixels are scaled to
   * @throws DataFileException if a file is missing, damaged, or does not hold what its name says
   */
  public static Mnist fromClassPath(ClassLoader loader, PixelRange range) {
    return new MnistReader(MnistSource.classPath(loader), range).read();
  }
}
