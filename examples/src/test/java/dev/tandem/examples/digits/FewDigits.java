package dev.tandem.examples.digits;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The first images of MNIST, for tests. */
public final class FewDigits {

  private FewDigits() {}

  /** So many to train with and as many to judge with. */
  public static Mnist of(PixelRange range, int count) {
    Mnist all = Mnist.fromClassPath(range);
    return new Mnist(first(all.train(), count), first(all.test(), count));
  }

  private static LabeledImages first(LabeledImages all, int count) {
    return new LabeledImages(
        all.images().get(NDArrayIndex.interval(0, count)).dup('c'),
        all.labels().get(NDArrayIndex.interval(0, count)).dup('c'));
  }
}
