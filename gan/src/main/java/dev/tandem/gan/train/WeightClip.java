package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Trainer;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;

/** Holds those parameters of a net that its steps move within [−limit, limit], in place. */
final class WeightClip {

  private final ImmutableList<Weight> weights;
  private final OptionalDouble limit;

  WeightClip(Model net, Trainer steps, OptionalDouble limit) {
    this.limit = limit;
    this.weights =
        net.weights().stream()
            .filter(steps.moves()::contains)
            .collect(ImmutableList.toImmutableList());
  }

  void apply() {
    if (limit.isPresent()) {
      Backend.require();
      double most = limit.getAsDouble();
      for (Weight weight : weights) {
        INDArray array = weight.variable().array();
        Nd4j.getExecutioner().exec(new ScalarMin(array, null, array, most));
        Nd4j.getExecutioner().exec(new ScalarMax(array, null, array, -most));
      }
    }
  }
}
