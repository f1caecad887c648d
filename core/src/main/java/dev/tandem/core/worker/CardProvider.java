package dev.tandem.core.worker;

import java.time.Duration;

/**
 * A maker of {@link CardGroup}s. Classes of this kind that are listed in {@code
 * META-INF/services/dev.tandem.core.worker.CardProvider} are found by {@link
 * java.util.ServiceLoader}.
 */
public interface CardProvider {

  /**
   * Says that there are so many cards, and all that they need; opens none.
   *
   * @throws IllegalStateException if not; names what there is, what is missing, and the next step
   */
  void require(int count);

  /**
   * Opens so many cards, and connects them.
   *
   * @param patience how long the cards of others may let one wait in a mean
   * @throws IllegalStateException if they cannot be used; names the next step
   */
  CardGroup open(int count, Duration patience);
}
