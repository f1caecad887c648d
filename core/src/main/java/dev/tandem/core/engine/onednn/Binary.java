package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.Add;
import dev.tandem.core.op.Divide;
import dev.tandem.core.op.Maximum;
import dev.tandem.core.op.Minimum;
import dev.tandem.core.op.Multiply;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Subtract;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * Elementwise ops of two inputs: of one shape, or of one that is repeated for each row or for each
 * element of the other.
 */
final class Binary implements KernelChoice {

  private final Dnnl dnnl;
  private final algorithm operation;
  private final int whole;
  private final boolean mayShareOther;

  private Binary(Dnnl dnnl, algorithm operation, int whole, boolean mayShareOther) {
    this.dnnl = dnnl;
    this.operation = operation;
    this.whole = whole;
    this.mayShareOther = mayShareOther;
  }

  /** How a call runs, or null if it is no such op or repeats its input in another way. */
  static @Nullable Binary of(Dnnl dnnl, OpCall call) {
    algorithm operation = operation(call.op());
    if (operation == null) {
      return null;
    }
    Shape output = call.outputs().get(0).shape();
    Shape first = call.inputs().get(0).shape();
    Shape second = call.inputs().get(1).shape();
    if (first.equals(output) && repeats(second, output)) {
      return new Binary(dnnl, operation, 0, second.equals(output));
    }
    boolean commutes = operation != algorithm.binary_sub && operation != algorithm.binary_div;
    return commutes && second.equals(output) && repeats(first, output)
        ? new Binary(dnnl, operation, 1, false)
        : null;
  }

  private static @Nullable algorithm operation(Op op) {
    if (op instanceof Add) {
      return algorithm.binary_add;
    } else if (op instanceof Subtract) {
      return algorithm.binary_sub;
    } else if (op instanceof Multiply) {
      return algorithm.binary_mul;
    } else if (op instanceof Divide) {
      return algorithm.binary_div;
    } else if (op instanceof Maximum) {
      return algorithm.binary_max;
    } else if (op instanceof Minimum) {
      return algorithm.binary_min;
    }
    return null;
  }

  private static boolean repeats(Shape part, Shape whole) {
    return part.equals(whole)
        || part.length() == 1
        || part.length() == part.size(-1) && part.size(-1) == whole.size(-1);
  }

  @Override
  public boolean mayShare(int output, int input) {
    return input == whole || mayShareOther;
  }

  @Override
  public Kernel bind(Binding b) {
    long length = b.out().length();
    long part = b.in(1 - whole).length();
    boolean flat = part == length || part == 1;
    memory.desc all = flat ? Dnnl.flat(length) : rows(length / part, part);
    memory.desc other = flat ? Dnnl.flat(part) : rows(1, part);
    var way = new binary.primitive_desc(dnnl.engine(), operation.value, all, other, all);
    return new Primitive.Builder(operation.name(), dnnl)
        .argument(DNNL_ARG_SRC_0, all, b.in(whole))
        .argument(DNNL_ARG_SRC_1, other, b.in(1 - whole))
        .argument(DNNL_ARG_DST, all, b.out())
        .hold(way)
        .build(new binary(way));
  }

  private static memory.desc rows(long rows, long columns) {
    return Dnnl.desc(memory.format_tag.ab, rows, columns);
  }
}
