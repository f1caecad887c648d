package dev.tandem.cuda;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.EngineProvider;
import dev.tandem.cuda.driver.CudaDevices;

/** The engine "cuda", on the card that {@link CudaDevices#shared} gives. */
public final class CudaEngineProvider implements EngineProvider {

  /** A provider; loads nothing native. */
  public CudaEngineProvider() {}

  @Override
  public String name() {
    return CudaEngine.NAME;
  }

  /**
   * A new engine on the card of this process.
   *
   * @throws IllegalStateException if no card can be used here; names everything that is missing,
   *     and the next step
   */
  @Override
  public Engine engine() {
    return new CudaEngine(CudaDevices.shared());
  }
}
