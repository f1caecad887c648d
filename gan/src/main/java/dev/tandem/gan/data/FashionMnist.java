package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import java.net.URI;
import java.nio.file.Path;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017, arXiv:1708.07747): 60,000 and 10,000 pictures of
 * clothes in ten classes, in the form of MNIST, 30 MB. Fetched at the first use from where its
 * authors keep it, with the checksums they publish.
 */
public final class FashionMnist {

  private static final String HOME = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

  private static final ImmutableList<Download> FILES =
      ImmutableList.of(
          file("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
          file("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
          file("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
          file("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"));

  private FashionMnist() {}

  private static Download file(String name, String md5) {
    return Download.md5(URI.create(HOME + name), md5);
  }

  /**
   * Reads it from {@link Download#cache}, and fetches what is not there yet.
   *
   * @param range what pixels are scaled to
   * @throws dev.tandem.core.data.DataFileException if a file cannot be fetched or is damaged
   */
  public static Mnist load(PixelRange range) {
    return load(Download.cache().resolve("fashion-mnist"), range);
  }

  /**
   * Reads it from a directory, and fetches what is not there yet.
   *
   * @param range what pixels are scaled to
   * @throws dev.tandem.core.data.DataFileException if a file cannot be fetched or is damaged
   */
  public static Mnist load(Path directory, PixelRange range) {
    FILES.forEach(file -> file.into(directory));
    return Mnist.load(directory, range);
  }
}
