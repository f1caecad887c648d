package dev.tandem.cuda.driver;

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

  /** Its capability, as in {@code 9.0}. */
  public String capability() {
    return major + "." + minor;
  }

  /** Whether it is of capability 7.5 or newer. */
  public boolean isNewEnough() {
    return 10 * major + minor >= OLDEST;
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
