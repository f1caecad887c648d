package dev.tandem.gan.step;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import java.util.Objects;

/**
 * The way in which steps are run, whatever they compute.
 *
 * @param engine that runs them
 * @param precision of the operands of products and convolutions
 * @param workers that train together
 * @param exchange what they exchange in each step; with means of weights whoever runs the steps
 *     takes these
 * @param batches how many batches make the gradient of a step, over all workers, at least 1
 * @param seed of the latents and all else that is random in the steps
 */
public record Execution(
    Engine engine,
    Precision precision,
    Workers workers,
    Exchange exchange,
    int batches,
    long seed) {

  /** Checks the number of batches. */
  public Execution {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(exchange, "exchange");
    if (batches < workers.count()) {
      throw new IllegalArgumentException(
          "batches of a step are fewer than its " + workers.count() + " workers: " + batches);
    }
  }

  /** One batch a step, in float32, by this process alone. */
  public static Execution on(Engine engine, long seed) {
    return new Execution(engine, Precision.FLOAT32, Workers.alone(), Exchange.everyStep(), 1, seed);
  }
}
