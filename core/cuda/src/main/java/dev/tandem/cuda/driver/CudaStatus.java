package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableMap;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.DeviceLostException;
import java.util.Objects;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.cuda.global.nccl;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.BytePointer;

/** What calls of NVIDIA's libraries answer: 0, or an error that becomes an exception. */
final class CudaStatus {

  private static final String LOST =
      DeviceLostException.STEP
          + ". With -Dtandem.cuda.single=true each command is waited for, and the one that fails is"
          + " named";

  /** The process is ending, and the runtime with it. */
  private static final int PROCESS_ENDS = 4;

  private static final String OTHERS =
      "run nvidia-smi to see whether the card is well, and report this if it is";

  /** What to do about what NCCL answers. */
  static final String NCCL =
      "set NCCL_DEBUG=WARN in the environment to see NCCL's own words; nvidia-smi topo -m shows how"
          + " the cards are connected, and in a container /dev/shm has to be large enough"
          + " (--shm-size=1g)";

  private static final ImmutableMap<Integer, String> STEPS =
      ImmutableMap.<Integer, String>builder()
          .put(
              2, "take a smaller batch, or end other processes on the card (nvidia-smi lists them)")
          .put(3, "the driver did not start: run nvidia-smi, and see whether this user may use it")
          .put(35, "install NVIDIA's driver 580 or newer")
          .put(
              46,
              "another process has the card for itself, as its compute mode lets one alone use it:"
                  + " nvidia-smi shows which; end that, take another card"
                  + " (-Dtandem.cuda.device=1), or let the administrator set the mode"
                  + " (nvidia-smi -c DEFAULT)")
          .put(
              100,
              "run nvidia-smi to see whether there is a card, and look at CUDA_VISIBLE_DEVICES")
          .put(101, "run nvidia-smi -L to see which cards there are")
          .put(209, "the kernels were compiled for another card: report this")
          .put(
              201,
              "the card's context is gone: report this if nobody else has called CUDA in this"
                  + " process")
          .put(214, LOST)
          .put(700, LOST)
          .put(702, LOST)
          .put(710, LOST)
          .put(713, LOST)
          .put(714, LOST)
          .put(715, LOST)
          .put(716, LOST)
          .put(717, LOST)
          .put(718, LOST)
          .put(719, LOST)
          .put(721, LOST)
          .put(802, "wait until the system's fabric manager has started, then try again")
          .put(
              803, "update NVIDIA's driver to the version of its library, or start the system anew")
          .put(804, "use a driver of the toolkit's version, 580 or newer")
          .buildOrThrow();

  private CudaStatus() {}

  /** Checks an answer of the runtime or the driver; both count alike. */
  static void check(int status, String call) {
    if (status != 0) {
      throw refused(
          call,
          status,
          text(cudart.cudaGetErrorName(status)),
          text(cudart.cudaGetErrorString(status)),
          step(status));
    }
  }

  /** Checks an answer to giving something back; a card that is lost has nothing to give back. */
  static void release(int status, String call) {
    if (!isLost(status)) {
      check(status, call);
    }
  }

  /** Whether the card, or what this process has on it, is gone. */
  static boolean isLost(int status) {
    return status == PROCESS_ENDS || step(status).equals(LOST);
  }

  /** What to do about an answer of the runtime or the driver. */
  static String step(int status) {
    return Objects.requireNonNull(STEPS.getOrDefault(status, OTHERS));
  }

  /** Checks an answer of cuBLASLt. */
  static void blas(int status, String call) {
    if (status != 0) {
      throw refused(call, status, text(cublas.cublasLtGetStatusName(status)), "", OTHERS);
    }
  }

  /** Checks an answer of cuDNN. */
  static void dnn(int status, String call) {
    if (status != 0) {
      throw refused(call, status, text(cudnn.cudnnGetErrorString(status)), "", OTHERS);
    }
  }

  /** Checks an answer of NCCL. */
  static void nccl(int status, String call) {
    if (status != 0) {
      throw refused(call, status, text(nccl.ncclGetErrorString(status)), "", NCCL);
    }
  }

  /** Checks an answer of NVRTC. */
  static void nvrtc(int status, String call) {
    if (status != 0) {
      throw refused(
          call,
          status,
          text(nvrtc.nvrtcGetErrorString(status)),
          "",
          "see whether libnvrtc-builtins.so.13 lies beside libnvrtc.so.13");
    }
  }

  /** What is thrown for an answer that is not 0. */
  static DeviceException refused(
      String call, int status, String name, String meaning, String step) {
    String message =
        call
            + " answers "
            + name
            + " ("
            + status
            + ")"
            + (meaning.isEmpty() ? "" : ", " + meaning)
            + "; "
            + step;
    return step.equals(LOST) ? new DeviceLostException(message) : new DeviceException(message);
  }

  private static String text(BytePointer name) {
    return name.isNull() ? "an unknown status" : name.getString();
  }
}
