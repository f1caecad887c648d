package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.DeviceException;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Texts as machine code of one kind of card, by NVRTC; kept on disk. */
final class KernelCompiler {

  /** What NVRTC does not bring, as it reads no headers. */
  static final String NUMBERS =
      """
      #ifndef INFINITY
      #define INFINITY __int_as_float(0x7f800000)
      #endif
      #ifndef NAN
      #define NAN __int_as_float(0x7fffffff)
      #endif
      """;

  private static final int LONGEST_LOG = 4000;

  private final CubinStore store;
  private final String architecture;
  private final ImmutableList<String> options;
  private final String version;

  /**
   * A compiler for an architecture, as in {@code sm_90}. Products and sums are rounded one by one
   * unless a text asks for {@code fma}: what an expression gives does not depend on the kernel it
   * stands in.
   */
  KernelCompiler(CubinStore store, String architecture) {
    this.store = store;
    this.architecture = architecture;
    this.options =
        ImmutableList.of("--gpu-architecture=" + architecture, "--fmad=false", "--std=c++17");
    int[] major = new int[1];
    int[] minor = new int[1];
    CudaStatus.nvrtc(nvrtc.nvrtcVersion(major, minor), "nvrtcVersion");
    this.version = major[0] + "." + minor[0];
  }

  /** The machine code of a text. */
  byte[] compile(String text) {
    return store.get(
        "NVRTC " + version + "\n" + String.join(" ", options) + "\n" + text, () -> make(text));
  }

  private byte[] make(String text) {
    _nvrtcProgram program = new _nvrtcProgram();
    try (BytePointer source = new BytePointer(text);
        BytePointer name = new BytePointer("kernels.cu")) {
      CudaStatus.nvrtc(
          nvrtc.nvrtcCreateProgram(
              program,
              source,
              name,
              0,
              (PointerPointer<Pointer>) null,
              (PointerPointer<Pointer>) null),
          "nvrtcCreateProgram");
      try {
        return make(program, text);
      } finally {
        nvrtc.nvrtcDestroyProgram(program);
      }
    }
  }

  private byte[] make(_nvrtcProgram program, String text) {
    try (PointerPointer<BytePointer> arguments =
            new PointerPointer<>(options.toArray(String[]::new));
        SizeTPointer size = new SizeTPointer(1)) {
      int status = nvrtc.nvrtcCompileProgram(program, options.size(), arguments);
      if (status == nvrtc.NVRTC_ERROR_COMPILATION || status == nvrtc.NVRTC_ERROR_INVALID_OPTION) {
        throw refusal("NVRTC " + version, architecture, store.keep(text), log(program));
      }
      CudaStatus.nvrtc(status, "nvrtcCompileProgram");
      CudaStatus.nvrtc(nvrtc.nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize");
      byte[] code = new byte[Math.toIntExact(size.get())];
      CudaStatus.nvrtc(nvrtc.nvrtcGetCUBIN(program, code), "nvrtcGetCUBIN");
      return code;
    }
  }

  /** What is said where a text does not become machine code. */
  static DeviceException refusal(String compiler, String architecture, String kept, String log) {
    return new DeviceException(
        compiler
            + " refuses kernels for "
            + architecture
            + "; their text is kept in "
            + kept
            + "; if it does not know the card, install a newer CUDA toolkit, else report its"
            + " words:\n"
            + (log.length() > LONGEST_LOG ? log.substring(0, LONGEST_LOG) + " …" : log));
  }

  private static String log(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      CudaStatus.nvrtc(nvrtc.nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
      try (BytePointer log = new BytePointer(Math.max(1, size.get()))) {
        CudaStatus.nvrtc(nvrtc.nvrtcGetProgramLog(program, log), "nvrtcGetProgramLog");
        return log.getString();
      }
    }
  }
}
