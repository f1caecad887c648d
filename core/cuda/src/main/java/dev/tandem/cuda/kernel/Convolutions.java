package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions with their gradients: as products where they are some, by kernels of few channels,
 * else by the library.
 */
final class Convolutions {

  private Convolutions() {}

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    ConvCall conv = ConvCall.of(call);
    if (conv == null) {
      return null;
    } else if (conv.isEmpty()) {
      return places -> Zeros.commands(conv.dtype(), conv.result().length(), places.out());
    } else if (conv.isProduct()) {
      return places -> product(conv, places);
    }
    CudaChoice few = FewChannelConvolution.of(conv);
    return few == null ? new LibraryConvolution(conv) : few;
  }

  private static List<Command> product(ConvCall conv, Places places) {
    boolean turned = conv.kind() == ConvolutionKind.IMAGE_GRADIENT;
    long a = places.in(turned ? 1 : 0);
    long b = places.in(turned ? 0 : 1);
    return Products.plain(conv.asProduct(), a, b, places);
  }
}
