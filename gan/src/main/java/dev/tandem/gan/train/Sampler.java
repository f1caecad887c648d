package dev.tandem.gan.train;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes samples with a generator in inference mode. */
final class Sampler implements AutoCloseable {

  private final AdversarialPair pair;
  private final Model generator;
  private final RealData data;
  private final Translator translator;
  private @Nullable Predictor predictor;

  Sampler(AdversarialPair pair, Model generator, RealData data) {
    this.pair = pair;
    this.generator = generator;
    this.data = data;
    this.translator = new Translator(pair, generator);
  }

  Translator translator() {
    return translator;
  }

  INDArray sample(int count, long seed) {
    Backend.require();
    requireSome(count);
    if (pair.conditioning().translates()) {
      return translator.sample(data.sources(), count, seed);
    }
    int classes = pair.conditioning().classes();
    if (classes > 0) {
      int[] labels = IntStream.range(0, count).map(i -> i % classes).toArray();
      try (INDArray inTurn = Nd4j.createFromArray(labels)) {
        return make(count, seed, inTurn);
      }
    }
    return make(count, seed, null);
  }

  INDArray sample(INDArray labels, long seed) {
    if (!pair.conditioning().tellsGenerator()) {
      throw new IllegalStateException(
          generator + " takes no labels; call sample(count, seed) for samples");
    }
    if (!Labels.areIntegers(labels.dataType()) || labels.rank() != 1) {
      throw new IllegalArgumentException(
          generator
              + " takes labels as int32 (count), got "
              + new TensorSpec(Shape.of(labels.shape()), labels.dataType()));
    }
    Labels.require(pair, "array of labels", labels);
    return make(Math.toIntExact(labels.length()), seed, Labels.asInts(labels));
  }

  private static void requireSome(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("number of samples is not at least 1: " + count);
    }
  }

  private INDArray make(int count, long seed, @Nullable INDArray labels) {
    requireSome(count);
    Predictor shared = predictor();
    List<String> names = generator.inputs().keySet().asList();
    CounterRandom random = CounterRandom.of(seed);
    try (INDArray latent = pair.latent().sample(random, count, pair.sample().dtype())) {
      Map<String, INDArray> inputs = new LinkedHashMap<>();
      inputs.put(names.get(0), latent);
      if (labels != null) {
        inputs.put(names.get(1), labels);
      }
      return shared.predict(inputs).values().iterator().next();
    }
  }

  private synchronized Predictor predictor() {
    if (predictor == null) {
      predictor = Predictor.of(generator);
    }
    return predictor;
  }

  @Override
  public synchronized void close() {
    if (predictor != null) {
      predictor.close();
    }
    translator.close();
  }
}
