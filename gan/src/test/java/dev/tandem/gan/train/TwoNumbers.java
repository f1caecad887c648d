package dev.tandem.gan.train;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A pair of two numbers, of which all can be computed by hand: G is 0.5, D is x → 2 · x. */
final class TwoNumbers {

  /** A latent that is 1: what the generator makes is its weight. */
  private record One() implements Latent {
    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public SymbolicTensor sample(SymbolicTensor like) {
      SymbolicTensor any = Tensors.randomUniform(like, 1);
      return Tensors.shift(Tensors.scale(any, 0), 1);
    }

    @Override
    public INDArray sample(CounterRandom random, int count, DataType dtype) {
      return Nd4j.ones(dtype, count, 1);
    }
  }

  private TwoNumbers() {}

  private static Model net(String name, double weight) {
    return Model.sequential(
        name,
        Input.of(name + "_in", Shape.of(1), DataType.DOUBLE),
        Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)));
  }

  /** Both by gradient descent of rate 0.1, four samples a step. */
  static AdversarialTraining recipe(Objective objective) {
    AdversarialPair pair = AdversarialPair.of(net("g", 0.5), net("d", 2), new One());
    return AdversarialTraining.of(pair, objective)
        .optimizers(Optimizers.both(Sgd.rate(0.1)))
        .batch(4)
        .seed(1);
  }

  /** Eight samples of 3. */
  static Dataset threes() {
    return Dataset.builder().input("x", Nd4j.zeros(DataType.DOUBLE, 8, 1).addi(3)).build();
  }
}
