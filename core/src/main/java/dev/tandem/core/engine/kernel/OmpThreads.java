package dev.tandem.core.engine.kernel;

import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** OpenMP's number of threads, which ND4J and oneDNN share and which belongs to each caller. */
public final class OmpThreads {

  private static final NativeOps OMP = NativeOpsHolder.getInstance().getDeviceNativeOps();

  private OmpThreads() {}

  /**
   * Lets what the calling thread starts from now on use few threads.
   *
   * @param most never more than now
   * @return the number until now, for {@link #restore}
   */
  public static int limit(int most) {
    int before = OMP.ompGetMaxThreads();
    OMP.setOmpNumThreads(Math.min(most, before));
    return before;
  }

  /** Ends what {@link #limit} began. */
  public static void restore(int before) {
    OMP.setOmpNumThreads(before);
  }
}
