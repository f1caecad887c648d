package dev.tandem.cuda.driver;

import dev.tandem.core.op.Precision;
import java.util.Optional;

/**
 * A card of this machine, as its driver describes it.
 *
 * @param index its place among the cards that the driver shows, from 0
 * @param name as in {@code NVIDIA H200}
 * @param major the first number of its capability
 * @param minor the second
 * @param processors its multiprocessors
 * @param bytes its memory
 * @param driver the newest CUDA that the driver knows, as in {@code 13.0}
 */
public record CudaCard(
    int index, String name, int major, int minor, int processors, long bytes, String driver) {

  /** The oldest capability that there is code for, as 10 · major + minor. */
  static final int OLDEST = 75;

  /** The first number of the capabilities whose matrix units take TF32 and bfloat16. */
  private static final int WITH_MATRIX_UNITS = 8;

  /** Its capability, as in {@code 9.0}. */
  public String capability() {
    return major + "." + minor;
  }

  /** Whether it is of capability 7.5 or newer. */
  public boolean isNewEnough() {
    return 10 * major + minor >= OLDEST;
  }

  /**
   * What keeps it from a precision, as part of a sentence; empty if it has it.
   *
   * @see dev.tandem.core.op.Engine#lacks
   */
  public Optional<String> lacks(Precision precision) {
    return precision == Precision.FLOAT32 || major >= WITH_MATRIX_UNITS
        ? Optional.empty()
        : Optional.of(
            "cards have it from capability " + WITH_MATRIX_UNITS + ".0 on, and this is " + this);
  }

  /** The name of its machine code, as in {@code sm_90}. */
  String architecture() {
    return "sm_" + major + minor;
  }

  /** As in {@code NVIDIA H200, capability 9.0}. */
  @Override
  public String toString() {
    return name + ", capability " + capability();
  }
}
