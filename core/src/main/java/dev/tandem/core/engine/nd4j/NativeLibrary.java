package dev.tandem.core.engine.nd4j;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's native functions without its executioner, whose checks make lists on every call. For the
 * CPU backend only: on CUDA the executioner keeps host and device memory in step.
 */
final class NativeLibrary {

  /** The functions of the backend that is loaded. */
  static final NativeOps NATIVE = NativeOpsHolder.getInstance().getDeviceNativeOps();

  private NativeLibrary() {}

  /** Whether the functions may be called here. */
  static boolean isUsable() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  /**
   * Throws if the last native call failed.
   *
   * @param op what was called, for the message
   */
  static void check(String op) {
    if (NATIVE.lastErrorCode() != 0) {
      throw failure(op);
    }
  }

  /** The failure of a native op, with the library's own message. */
  static IllegalStateException failure(String op) {
    return new IllegalStateException("native op " + op + " failed: " + NATIVE.lastErrorMessage());
  }
}
