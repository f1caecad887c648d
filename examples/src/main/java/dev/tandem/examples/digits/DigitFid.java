package dev.tandem.examples.digits;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * FID of digits through the classifier that the library brings along, against the first images of
 * MNIST; the next ones make the floor.
 */
public final class DigitFid implements AutoCloseable {

  private static final long SEED = 1;

  private final FeatureExtractor extractor = FeatureExtractor.mnist();
  private final RealFeatures real;

  /**
   * A measure for so many samples.
   *
   * @param samples from 100 to 30,000
   */
  public DigitFid(int samples) {
    LabeledImages train = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE).train();
    this.real = new RealFeatures(seen(train, 0, samples), seen(train, samples, 2 * samples));
  }

  private Features seen(LabeledImages images, int from, int to) {
    return extractor.extract(images.images().get(NDArrayIndex.interval(from, to)));
  }

  /**
   * The FID of samples.
   *
   * @param samples (n, 28, 28, 1) in [−1, 1]
   */
  public Score of(INDArray samples) {
    return Fid.measure(real, extractor.extract(samples), SEED);
  }

  @Override
  public void close() {
    extractor.close();
  }
}
