package dev.tandem.gan.train;

import java.util.Optional;

/**
 * The end of a call of {@link AdversarialTrainer#train}.
 *
 * @param counters at the end
 * @param stopped why it ended before all rounds were done, if it did
 */
public record Outcome(Counters counters, Optional<String> stopped) {}
