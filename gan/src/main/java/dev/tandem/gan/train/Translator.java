package dev.tandem.gan.train;

import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runs the generators of a pair that starts from samples of the data, in inference mode. */
final class Translator implements AutoCloseable {

  private final AdversarialPair pair;
  private final Model generator;
  private final Map<Integer, Predictor> predictors = new ConcurrentHashMap<>();

  Translator(AdversarialPair pair, Model generator) {
    this.pair = pair;
    this.generator = generator;
  }

  /**
   * What a generator makes of samples.
   *
   * @param direction 0 there, 1 back
   */
  INDArray translate(INDArray sources, int direction) {
    if (!pair.conditioning().translates()) {
      throw new IllegalStateException(
          generator + " starts from a latent, not from samples; call sample(count, seed)");
    }
    List<Model> parts = pair.parts(generator);
    if (direction >= parts.size()) {
      throw new IllegalStateException(
          generator + " has no way back; build the pair by AdversarialPair.cyclic for one");
    }
    return predictors.computeIfAbsent(direction, i -> Predictor.of(parts.get(i))).predict(sources);
  }

  /** What it makes of sources that are drawn by a seed, each as likely as the others. */
  INDArray sample(INDArray sources, int count, long seed) {
    long[] shape = sources.shape().clone();
    shape[0] = count;
    CounterRandom random = CounterRandom.of(seed);
    try (INDArray drawn = Nd4j.createUninitialized(sources.dataType(), shape, 'c')) {
      for (int i = 0; i < count; i++) {
        long row = (long) (random.uniform(i) * sources.size(0));
        drawn.get(NDArrayIndex.point(i)).assign(sources.get(NDArrayIndex.point(row)));
      }
      return translate(drawn, 0);
    }
  }

  @Override
  public void close() {
    predictors.values().forEach(Predictor::close);
  }
}
