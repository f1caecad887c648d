package dev.tandem.gan.objective.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The worked example of {@link Warp}. */
class WarpTest {

  private static Value number(Ops ops, Value images, double value) {
    return ops.fill(value, images.spec().withShape(Shape.of(images.shape().size(0), 1, 1)));
  }

  private static Value quarterTurn(Ops ops, Value images) {
    Warp warp =
        new Warp(
            number(ops, images, 0),
            number(ops, images, -1),
            number(ops, images, 1),
            number(ops, images, 0));
    Value offsets = Warp.fromMiddle(ops, images, 3);
    return warp.read(ops, images, offsets, ops.reshape(offsets, 1, 1, 3));
  }

  @Test
  void read_byAQuarterTurn_bringsWhatWasOnTheLeftToTheTop() {
    Input image = Input.of("image", 3, 3, 1);
    Model model =
        Model.of("turn", image, Lambda.of((ops, in) -> quarterTurn(ops, in.get(0))).apply(image));
    INDArray letters = Nd4j.arange(1, 10).castTo(DataType.FLOAT).reshape(1, 3, 3, 1);
    try (Predictor predictor = Predictor.of(model)) {
      assertThat(predictor.predict(letters).reshape(9).toDoubleVector())
          .containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    }
  }
}
