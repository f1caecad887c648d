package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.conditioning.Labels;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Samples and translations by a generator in inference mode. */
final class Sampler implements AutoCloseable {

  private final AdversarialPair pair;
  private final Model generator;
  private final RealData data;
  private final Map<Integer, Predictor> predictors = new ConcurrentHashMap<>();

  Sampler(AdversarialPair pair, Model generator, RealData data) {
    this.pair = pair;
    this.generator = generator;
    this.data = data;
  }

  INDArray sample(int count, long seed) {
    Backend.require();
    requireSome(count);
    return predict(
        pair.conditioning()
            .generatorInputs(
                pair.networks(), count, seed, input -> data.sampled(input, count, seed)));
  }

  INDArray sample(INDArray labels, long seed) {
    int classes = pair.conditioning().classes();
    if (classes == 0) {
      throw new IllegalStateException(
          generator + " takes no labels; call sample(count, seed) for samples");
    }
    if (!Labels.areIntegers(labels.dataType()) || labels.rank() != 1) {
      throw new IllegalArgumentException(
          generator
              + " takes labels as int32 (count), got "
              + new TensorSpec(Shape.of(labels.shape()), labels.dataType()));
    }
    Labels.require(pair.networks(), classes, "array of labels", labels);
    int count = Math.toIntExact(labels.length());
    requireSome(count);
    return predict(
        ImmutableList.of(pair.networks().latents(count, seed), Labels.copyAsInts(labels)));
  }

  private static void requireSome(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("number of samples is not at least 1: " + count);
    }
  }

  /** The samples for the first part's inputs, which are closed. */
  private INDArray predict(List<INDArray> arrays) {
    try {
      Map<String, INDArray> inputs = new LinkedHashMap<>();
      for (String name : pair.parts(generator).get(0).inputs().keySet()) {
        inputs.put(name, arrays.get(inputs.size()));
      }
      return predictor(0).predict(inputs).values().iterator().next();
    } finally {
      arrays.forEach(INDArray::close);
    }
  }

  /**
   * The samples that a generator makes of other samples.
   *
   * @param direction 0 there, 1 back
   */
  INDArray translate(INDArray sources, int direction) {
    if (!pair.conditioning().translates()) {
      throw new IllegalStateException(
          generator + " starts from a latent, not from samples; call sample(count, seed)");
    }
    if (direction >= pair.parts(generator).size()) {
      throw new IllegalStateException(
          generator + " has no way back; build the pair by AdversarialPair.cyclic for one");
    }
    return predictor(direction).predict(sources);
  }

  private Predictor predictor(int part) {
    return predictors.computeIfAbsent(
        part, index -> Predictor.of(pair.parts(generator).get(index)));
  }

  @Override
  public void close() {
    predictors.values().forEach(Predictor::close);
  }
}
