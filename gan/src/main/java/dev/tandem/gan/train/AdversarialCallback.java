package dev.tandem.gan.train;

/** Something that happens while a pair is trained. All methods do nothing unless overridden. */
public interface AdversarialCallback {

  /** Before the first round of a call of {@link AdversarialTrainer#train}. */
  default void onStart(AdversarialTrainer trainer) {}

  /**
   * After each round; {@link AdversarialTrainer#stop} ends the training.
   *
   * @param round what it reports
   */
  default void onRound(AdversarialTrainer trainer, Round round) {}

  /** After the last round, also after a stop; not after an error. */
  default void onEnd(AdversarialTrainer trainer) {}

  /**
   * After an error, in a step or in a callback, which goes on to the caller of {@link
   * AdversarialTrainer#train}. The trainer may be within a round: one side may have stepped, and
   * the other not.
   */
  default void onError(AdversarialTrainer trainer, RuntimeException error) {}
}
