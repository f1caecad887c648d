package dev.tandem.cuda.driver;

import dev.tandem.core.op.Precision;
import java.util.Optional;

/** The precisions that cards have. */
final class CardPrecision {

  /** The capability from which on matrix units take TF32 and bfloat16. */
  private static final int WITH_MATRIX_UNITS = 8;

  private CardPrecision() {}

  /** What keeps a card from a precision, as part of a sentence; empty if it has it. */
  static Optional<String> lacks(CudaCard card, Precision precision) {
    return precision == Precision.FLOAT32 || card.major() >= WITH_MATRIX_UNITS
        ? Optional.empty()
        : Optional.of(
            "cards have it from capability "
                + WITH_MATRIX_UNITS
                + ".0 on, and this is a "
                + card.name()
                + " of "
                + card.capability());
  }
}
