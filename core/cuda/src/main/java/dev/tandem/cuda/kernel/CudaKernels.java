package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Value;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** What a card runs each op with. */
public final class CudaKernels implements KernelLibrary {

  /** What this library is called. */
  public static final String NAME = "cuda";

  /** Who is asked, in this order. */
  private static final ImmutableList<BiFunction<OpCall, UseCounts, @Nullable CudaChoice>> FAMILIES =
      ImmutableList.of(
          Products::choose,
          Convolutions::choose,
          Depthwise::choose,
          Pools::choose,
          Normalizations::choose,
          RecurrenceSteps::choose,
          Reductions::choose,
          Updates::choose,
          Indices::choose,
          Randoms::choose,
          Elementwise::of,
          HostCode::choose);

  private final Precision precision;

  /**
   * Kernels for graphs of a precision. For {@link Precision#BF16} their products take bfloat16, and
   * their convolutions numbers of float32 that were rounded to it: matrix units read all bits of
   * these as TF32, and make float32 of them, which cuDNN's convolutions of bfloat16 do not.
   */
  public CudaKernels(Precision precision) {
    this.precision = precision;
  }

  /** Kernels that take all bits of what they get. */
  public CudaKernels() {
    this(Precision.FLOAT32);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable KernelChoice choose(OpCall call, UseCounts uses) {
    for (BiFunction<OpCall, UseCounts, @Nullable CudaChoice> family : FAMILIES) {
      CudaChoice choice = family.apply(call, uses);
      if (choice != null) {
        return isTf32(call, choice) ? new Tf32(choice) : choice;
      }
    }
    return null;
  }

  private boolean isTf32(OpCall call, CudaChoice choice) {
    return switch (precision) {
      case FLOAT32 -> false;
      case TF32 -> choice instanceof Products || ConvCall.of(call) != null;
      case BF16 -> ConvCall.of(call) != null && call.inputs().stream().allMatch(this::isRounded);
    };
  }

  private boolean isRounded(Value value) {
    OpCall made = value.call();
    return made.op() instanceof Cast && made.inputs().get(0).dtype() == DataType.BFLOAT16;
  }
}
