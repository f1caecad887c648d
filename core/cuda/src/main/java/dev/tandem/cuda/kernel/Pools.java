package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.BlockSum2D;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DSelect;
import dev.tandem.core.op.image.UpSample2D;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Pooling and upsampling with their gradients: a thread for each element of the result. */
final class Pools implements CudaChoice {

  private final KernelText kernel;

  private Pools(OpCall call, CType type, String statements) {
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    Shape out = call.outputs().get(0).shape();
    long largest = out.length();
    for (int i = 0; i < call.inputs().size(); i++) {
      parameters.add(type.input());
      largest = Math.max(largest, call.inputs().get(i).shape().length());
    }
    this.kernel =
        new KernelText(
            call.op().opName(),
            parameters.add(type.output()).build(),
            ElementLoop.over(out.length(), largest, statements),
            Grid.over(out.length()));
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    CType type = CType.of(call.outputs().get(0).dtype());
    if (type == null || !type.isFloating()) {
      return null;
    }
    String statements = statements(call, type);
    if (statements == null) {
      return null;
    }
    return call.outputs().get(0).shape().length() == 0
        ? places -> List.of()
        : new Pools(call, type, statements);
  }

  private static @Nullable String statements(OpCall call, CType type) {
    Shape in = call.inputs().isEmpty() ? Shape.scalar() : call.inputs().get(0).shape();
    Shape out = call.outputs().get(0).shape();
    if (call.op() instanceof MaxPool2D op) {
      return new PoolTexts(op.window(), type, in, out).largest();
    } else if (call.op() instanceof MaxPool2DSelect op) {
      return new PoolTexts(op.window(), type, in, out).selected();
    } else if (call.op() instanceof MaxPool2DGradient op) {
      Shape pooled = call.inputs().get(1).shape();
      return new PoolTexts(op.window(), type, in, pooled).largestGradient();
    } else if (call.op() instanceof AvgPool2D op) {
      return new PoolTexts(op.window(), type, in, out).mean(op.countPadding());
    } else if (call.op() instanceof AvgPool2DGradient op) {
      return new PoolTexts(op.window(), type, out, in).meanGradient(op.countPadding());
    } else if (call.op() instanceof UpSample2D op) {
      return Layouts.coordinates(out)
          + String.format(
              Locale.ROOT,
              "    p1[i] = p0[((n * %d + y / %d) * %d + x / %d) * %d + c];\n",
              in.size(1),
              op.factorHeight(),
              in.size(2),
              op.factorWidth(),
              in.size(3));
    } else if (call.op() instanceof BlockSum2D op) {
      return blockSum(op, type, in, out);
    }
    return null;
  }

  private static String blockSum(BlockSum2D op, CType type, Shape in, Shape out) {
    return Layouts.coordinates(out)
        + String.format(
            Locale.ROOT,
            """
                %1$s sum = 0;
                for (int r = 0; r < %2$d; r++) {
                  for (int q = 0; q < %3$d; q++) {
                    sum += p0[((n * %4$d + y * %2$d + r) * %5$d + x * %3$d + q) * %6$d + c];
                  }
                }
                p1[i] = sum;
            """,
            type.text(),
            op.factorHeight(),
            op.factorWidth(),
            in.size(1),
            in.size(2),
            in.size(3));
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList<Long> addresses =
        ImmutableList.<Long>builder().addAll(places.inputs()).add(places.out()).build();
    return List.of(new Command.Launch(kernel, addresses));
  }
}
