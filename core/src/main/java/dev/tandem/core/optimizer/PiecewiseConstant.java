package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;
import java.util.List;

/**
 * One rate up to and including the first boundary, another up to the second, and so on, as Keras's
 * {@code PiecewiseConstantDecay}.
 *
 * @param boundaries the last step of each rate but the last one, rising
 * @param rates one more than boundaries, each at least 0
 */
public record PiecewiseConstant(List<Long> boundaries, List<Double> rates) implements Schedule {

  /** Checks boundaries and rates. */
  public PiecewiseConstant {
    boundaries = List.copyOf(boundaries);
    rates = List.copyOf(rates);
    if (rates.size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          "rates are not one more than boundaries: " + rates + " for " + boundaries);
    }
    for (int i = 1; i < boundaries.size(); i++) {
      if (boundaries.get(i) <= boundaries.get(i - 1)) {
        throw new IllegalArgumentException("boundaries do not rise: " + boundaries);
      }
    }
    rates.forEach(rate -> Check.notNegative("learning rate", rate));
  }

  @Override
  public double at(long step) {
    int piece = 0;
    while (piece < boundaries.size() && step > boundaries.get(piece)) {
      piece++;
    }
    return rates.get(piece);
  }
}
