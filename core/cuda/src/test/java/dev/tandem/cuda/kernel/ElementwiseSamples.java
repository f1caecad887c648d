package dev.tandem.cuda.kernel;

import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.Leaf;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.loss.SigmoidCrossEntropy;
import dev.tandem.cuda.device.HostDevice;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** The samples of ops that compute or move single elements, read tables or draw numbers. */
final class ElementwiseSamples {

  private static final Set<Class<?>> OTHERS =
      Set.of(
          Cast.class,
          Concat.class,
          Pad.class,
          PermuteOp.class,
          BroadcastTo.class,
          Power.class,
          ReshapeOp.class,
          CumulativeSum.class,
          Reverse.class,
          Scale.class,
          Select.class,
          Shift.class,
          Slice.class,
          StopGradient.class,
          SigmoidCrossEntropy.class);

  private ElementwiseSamples() {}

  /** Whether tests run: where there is a compiler, and on a server in any case. */
  static boolean run() {
    return HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI"));
  }

  static Stream<OpSample> all() {
    return OpSamples.all().filter(sample -> isOne(sample.op().apply(DataType.FLOAT)));
  }

  private static boolean isOne(Op op) {
    String group = op.getClass().getPackageName();
    return op instanceof UnaryFunction
        || op instanceof BinaryFunction
        || op instanceof Leaf
        || OTHERS.contains(op.getClass())
        || group.endsWith(".array")
        || group.endsWith(".activation") && !(op instanceof Softmax || op instanceof LogSoftmax);
  }
}
