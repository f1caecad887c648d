package dev.tandem.core.semantics;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Trainer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A GAN of two numbers: the generator multiplies noise with .5, the discriminator with 2. */
final class ScalarGan {

  final Dense g = Toys.times("g", 0.5);
  final Dense d = Toys.times("d", 2);
  final Model generator;
  final Model discriminator;
  final Model combined;

  ScalarGan() {
    Input noise = Input.of("noise", 1);
    generator = Model.of("generator", noise, g.apply(noise));
    Input sample = Input.of("sample", 1);
    discriminator = Model.of("discriminator", sample, d.apply(sample));
    Input z = Input.of("z", 1);
    combined = Model.of("combined", z, discriminator.apply(generator.apply(z)));
  }

  /** A step of the discriminator: the real 1 should become 1, the fake of noise 1 should be 0. */
  double judge(Trainer trainer) {
    INDArray samples = Toys.column(1, Toys.weight(g));
    return trainer.trainOnBatch(samples, Toys.column(1, 0)).loss();
  }

  /** A step of the combined model: the fake of noise 1 should be taken for real. */
  double forge(Trainer trainer) {
    return Toys.step(trainer, 1, 1);
  }

  /** Both weights by now. */
  List<Double> weights() {
    return List.of(Toys.weight(g), Toys.weight(d));
  }

  Trainer compile(Model model, Engine engine) {
    return model.compile(Toys.descent(engine, 0.1));
  }
}
