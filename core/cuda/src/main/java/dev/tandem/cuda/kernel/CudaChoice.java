package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.cuda.device.Command;
import java.util.List;

/** A way to run one call on a card. */
public interface CudaChoice extends KernelChoice {

  /** What the card does, in order. */
  List<Command> commands(Places places);
}
