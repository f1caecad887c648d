package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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
          Reductions::choose,
          Updates::choose,
          Indices::choose,
          Randoms::choose,
          Elementwise::of,
          HostCode::choose);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable KernelChoice choose(OpCall call, UseCounts uses) {
    for (BiFunction<OpCall, UseCounts, @Nullable CudaChoice> family : FAMILIES) {
      CudaChoice choice = family.apply(call, uses);
      if (choice != null) {
        return choice;
      }
    }
    return null;
  }
}
