package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arithmetic of two inputs: of one shape, or of one that is repeated for each row, along each row
 * or for each element of the other. Rows of a few elements, as pixels of three channels are, would
 * leave most of a vector register empty: there the repeated input is first laid out several times,
 * and the op takes as many rows at once.
 */
final class Binary implements HostKernelChoice {

  private static final int LANES = 16;

  private final Dnnl dnnl;
  private final algorithm operation;
  private final int whole;
  private final long length;
  private final long part;
  private final boolean flat;
  private final boolean alongRows;
  private final boolean inGroups;

  private Binary(Dnnl dnnl, algorithm operation, OpCall call, int whole) {
    this.dnnl = dnnl;
    this.operation = operation;
    this.whole = whole;
    this.length = call.inputs().get(whole).shape().length();
    this.part = call.inputs().get(1 - whole).shape().length();
    this.flat = part == length || part == 1;
    this.alongRows = !flat && repeatsAlongRows(call.inputs().get(1 - whole).shape());
    this.inGroups = !flat && !alongRows && part < LANES && length % (part * LANES) == 0;
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
      return new Binary(dnnl, operation, call, 0);
    }
    boolean commutes = operation != algorithm.binary_sub && operation != algorithm.binary_div;
    return commutes && second.equals(output) && repeats(first, output)
        ? new Binary(dnnl, operation, call, 1)
        : null;
  }

  private static @Nullable algorithm operation(Op op) {
    if (op == BinaryFunction.ADD) {
      return algorithm.binary_add;
    } else if (op == BinaryFunction.SUBTRACT) {
      return algorithm.binary_sub;
    } else if (op == BinaryFunction.MULTIPLY) {
      return algorithm.binary_mul;
    } else if (op == BinaryFunction.DIVIDE) {
      return algorithm.binary_div;
    }
    return null;
  }

  private static boolean repeats(Shape part, Shape whole) {
    return part.equals(whole)
        || part.length() == 1
        || part.length() == part.size(-1) && part.size(-1) == whole.size(-1)
        || repeatsAlongRows(part) && part.length() * whole.size(-1) == whole.length();
  }

  /** One number for each row of an input of the same rank. */
  private static boolean repeatsAlongRows(Shape part) {
    return part.size(-1) == 1;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return input == whole || part == length && whole == 0;
  }

  @Override
  public List<TensorSpec> scratch() {
    return inGroups ? List.of(TensorSpec.of(part * LANES)) : List.of();
  }

  @Override
  public Kernel bind(Binding b) {
    INDArray all = b.in(whole);
    INDArray other = b.in(1 - whole);
    if (flat) {
      return primitive(operation, all, Dnnl.flat(length), other, Dnnl.flat(part), b.out());
    } else if (alongRows) {
      return primitive(operation, all, rows(part, length / part), other, rows(part, 1), b.out());
    } else if (!inGroups) {
      return primitive(operation, all, rows(length / part, part), other, rows(1, part), b.out());
    }
    INDArray group = b.scratch(0);
    INDArray zeros = b.constants().filled(0, group.dataType(), group.length());
    long groups = length / group.length();
    return Sequence.of(
        primitive(algorithm.binary_add, zeros, rows(LANES, part), other, rows(1, part), group),
        primitive(
            operation, all, rows(groups, group.length()), group, rows(1, part * LANES), b.out()));
  }

  private Primitive primitive(
      algorithm which,
      INDArray all,
      memory.desc allDesc,
      INDArray other,
      memory.desc otherDesc,
      INDArray result) {
    var way =
        new binary.primitive_desc(
            dnnl.engine(), which.value, allDesc, otherDesc, allDesc, dnnl.attributes(), false);
    return new Primitive.Builder(which.name(), dnnl)
        .argument(DNNL_ARG_SRC_0, allDesc, all)
        .argument(DNNL_ARG_SRC_1, otherDesc, other)
        .argument(DNNL_ARG_DST, allDesc, result)
        .build(binary::new, way);
  }

  private static memory.desc rows(long rows, long columns) {
    return Dnnl.desc(memory.format_tag.ab, rows, columns);
  }
}
