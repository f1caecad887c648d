package dev.tandem.core.loss;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a loss makes of arrays, computed by both engines. */
final class LossRun {

  private LossRun() {}

  /** A float64 array. */
  static INDArray of(double[][] rows) {
    return Nd4j.createFromArray(rows);
  }

  static TensorSpec spec(INDArray array) {
    return new TensorSpec(Shape.of(array.shape()), array.dataType());
  }

  /** The losses of the samples. */
  static double[] perSample(Loss loss, INDArray prediction, INDArray target) {
    return run(loss, prediction, target, false).dup().data().asDouble();
  }

  /** The gradient of the losses' sum at the prediction. */
  static double[] gradient(Loss loss, INDArray prediction, INDArray target) {
    return run(loss, prediction, target, true).dup().data().asDouble();
  }

  private static INDArray run(
      Loss loss, INDArray prediction, INDArray target, boolean differentiate) {
    Ops ops = new Ops();
    Value p = ops.feed("prediction", spec(prediction));
    Value t = ops.feed("target", spec(target).withType(loss.target(spec(prediction)).dtype()));
    Value losses = loss.perSample(ops, p, t);
    Value wanted = differentiate ? Gradients.of(ops, ops.sum(losses), List.of(p)).get(0) : losses;
    try (Program program = new BothEngines().prepare(ops.build(Map.of("wanted", wanted)))) {
      program.feed("prediction", prediction);
      if (program.graph().calls().contains(t.call())) {
        program.feed("target", target);
      }
      program.run(0, 0);
      return program.output("wanted").dup();
    }
  }

  /** The same numbers as float32. */
  static INDArray single(INDArray array) {
    return array.castTo(DataType.FLOAT);
  }
}
