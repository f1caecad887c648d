package dev.tandem.gan.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of the generator whose weights follow the generator's. */
final class AveragedGenerator {

  private final List<Weight> from;
  private final List<Weight> to;
  private final Model model;

  AveragedGenerator(Model generator) {
    this.model = generator.copy(generator.name() + "_average");
    this.from = generator.weights();
    this.to = model.weights();
  }

  Model model() {
    return model;
  }

  /** average ← decay · average + (1 − decay) · weights; state is copied. */
  void follow(double decay) {
    for (int i = 0; i < to.size(); i++) {
      INDArray average = to.get(i).variable().array();
      INDArray now = from.get(i).variable().array();
      if (to.get(i).isParameter() && decay > 0) {
        average.subi(now).muli(decay).addi(now);
      } else {
        average.assign(now);
      }
    }
  }
}
