package dev.tandem.onnx;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** First values with some noise, so that every weight tells in what comes out. */
final class RandomWeights {

  private RandomWeights() {}

  /** Gives a model such weights; state, as variances are, is above zero. */
  static void draw(Model model) {
    model.initialize(1);
    int number = 0;
    for (Weight weight : model.weights()) {
      INDArray noise = Nd4j.zeros(weight.spec().dtype(), weight.shape().toArray());
      CounterRandom.of(++number).normal(noise);
      INDArray state = noise.mul(noise).addi(0.5);
      weight.set(weight.isParameter() ? weight.values().addi(noise.muli(0.05)) : state);
    }
  }
}
