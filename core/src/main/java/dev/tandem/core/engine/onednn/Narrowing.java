package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.op.OpCall;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Casts between float32 and bfloat16, rounded to the nearest and to even. */
final class Narrowing {

  private Narrowing() {}

  /** How a cast runs, or null if it is another one. */
  static @Nullable HostKernelChoice of(Dnnl dnnl, OpCall call) {
    DataType from = call.inputs().get(0).dtype();
    DataType to = call.outputs().get(0).dtype();
    boolean narrows = from == DataType.FLOAT && to == DataType.BFLOAT16;
    boolean widens = from == DataType.BFLOAT16 && to == DataType.FLOAT;
    return narrows || widens
        ? b ->
            Reorder.of(
                dnnl, flat(from, b.in(0).length()), b.in(0), flat(to, b.in(0).length()), b.out())
        : null;
  }

  private static memory.desc flat(DataType dtype, long length) {
    return Dnnl.desc(Dnnl.type(dtype), memory.format_tag.a, length);
  }
}
