package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Runs a drawn graph. */
final class TfSession {

  private final Session session;

  /** Opens a session and gives the variables their first values. */
  TfSession(Tf tf) {
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(Integer.parseInt(Machine.threads()))
            .setInterOpParallelismThreads(1)
            .build();
    session = new Session(tf.graph(), config);
    Session.Runner runner = session.runner();
    tf.initializers().forEach(runner::addTarget);
    runner.run().close();
  }

  /** Runs ops and reads a loss. */
  double step(
      Operand<TFloat32> loss,
      List<Op> targets,
      Map<? extends Operand<? extends TType>, ? extends TType> feeds) {
    Session.Runner runner = session.runner().fetch(loss);
    feeds.forEach((input, value) -> runner.feed(input.asOutput(), value));
    targets.forEach(runner::addTarget);
    try (Result result = runner.run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** The variables' values, one behind the other. */
  float[] values(List<Variable<TFloat32>> variables) {
    int length = variables.stream().mapToInt(v -> (int) v.shape().size()).sum();
    float[] values = new float[length];
    int start = 0;
    for (Variable<TFloat32> variable : variables) {
      try (Result result = session.runner().fetch(variable).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] part = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(part);
        System.arraycopy(part, 0, values, start, part.length);
        start += part.length;
      }
    }
    return values;
  }

  /** Java arrays as tensors. */
  static List<TFloat32> tensors(float[][] batches, long... shape) {
    return Arrays.stream(batches)
        .map(values -> TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values)))
        .toList();
  }
}
