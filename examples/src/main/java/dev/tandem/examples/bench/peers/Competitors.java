package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.peers.Steps.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The systems that are compared, this library first. */
final class Competitors {

  private static final String OWN_PROGRAM = "dev.tandem.examples.bench.systems.ContenderProgram";

  /** As in the launcher: arrays lie outside the heap. */
  private static final ImmutableList<String> OFF_HEAP =
      ImmutableList.of(
          "-Dorg.bytedeco.javacpp.maxbytes=8g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=12g");

  /** A libtorch of the system's would be mixed in and crash the JVM. */
  private static final String NO_SYSTEM_LIBRARIES = "-Djava.library.path=";

  private Competitors() {}

  /** All of them. */
  static ImmutableList<Competitor> all(Repository repository) {
    return ImmutableList.of(
        own("tandem", Pace.FAST),
        own("tandem+samediff", Pace.SLOW),
        own("samediff", Pace.SLOW),
        torch("torch", ImmutableList.of()),
        torch("torch+channelslast", ImmutableList.of("-Dtandem.bench.channelsLast=true")),
        tensorflow(),
        onnxRuntime(repository),
        djl(repository),
        dl4j("dl4j", ImmutableList.of()),
        dl4j(
            "dl4j+onednn", ImmutableList.of("-Dorg.eclipse.deeplearning4j.helpers.disable=false")));
  }

  static Competitor own(String name, Pace pace) {
    return new Competitor(
        name,
        Optional.empty(),
        "nd4j-api",
        OWN_PROGRAM,
        ImmutableList.of(name),
        ImmutableList.<String>builder().addAll(OFF_HEAP).addAll(launchers()).build(),
        ImmutableList.of(),
        ImmutableMap.of(),
        pace);
  }

  /** The launcher's options for a quick start and a small heap, if it has started this process. */
  private static List<String> launchers() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-XX:") || argument.startsWith("-Xms"))
        .toList();
  }

  private static Competitor torch(String name, ImmutableList<String> options) {
    return new Competitor(
        name,
        Optional.of("torch"),
        "pytorch",
        "dev.tandem.bench.torch.TorchProgram",
        ImmutableList.of(),
        ImmutableList.<String>builder().add(NO_SYSTEM_LIBRARIES).addAll(options).build(),
        ImmutableList.of(),
        // OpenBLAS's workers spin for long after each product and fight libgomp's for the cores.
        ImmutableMap.of("OPENBLAS_THREAD_TIMEOUT", "4"),
        Pace.FAST);
  }

  private static Competitor tensorflow() {
    return new Competitor(
        "tfjava",
        Optional.of("tensorflow"),
        "tensorflow-core-api",
        "dev.tandem.bench.tensorflow.TfProgram",
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableMap.of(
            "TF_CPP_MIN_LOG_LEVEL",
            "2",
            "TF_NUM_INTRAOP_THREADS",
            Machine.threads(),
            "TF_NUM_INTEROP_THREADS",
            "1"),
        Pace.FAST);
  }

  private static Competitor onnxRuntime(Repository repository) {
    String nets = repository.bench().resolve("target/nets").toString();
    return new Competitor(
        "onnxruntime",
        Optional.of("onnxruntime"),
        "onnxruntime",
        "dev.tandem.bench.onnxruntime.OrtProgram",
        ImmutableList.of(),
        ImmutableList.of("-Dtandem.bench.nets=" + nets),
        ImmutableList.of("dev.tandem.examples.bench.systems.NetFiles", nets),
        ImmutableMap.of(),
        Pace.FAST);
  }

  private static Competitor djl(Repository repository) {
    return new Competitor(
        "djl",
        Optional.of("djl"),
        "pytorch-engine",
        "dev.tandem.bench.djl.DjlProgram",
        ImmutableList.of(),
        ImmutableList.of(NO_SYSTEM_LIBRARIES),
        ImmutableList.of(),
        ImmutableMap.of(
            "DJL_OFFLINE",
            "true",
            "OPT_OUT_TRACKING",
            "true",
            "DJL_CACHE_DIR",
            repository.bench().resolve("djl/target/cache").toString()),
        Pace.FAST);
  }

  private static Competitor dl4j(String name, ImmutableList<String> options) {
    return new Competitor(
        name,
        Optional.of("dl4j"),
        "deeplearning4j-nn",
        "dev.tandem.bench.dl4j.Dl4jProgram",
        ImmutableList.of(),
        ImmutableList.<String>builder().addAll(OFF_HEAP).addAll(options).build(),
        ImmutableList.of(),
        dl4jEnvironment(),
        Pace.SLOW);
  }

  /**
   * What makes DL4J fast: libgomp's idle threads sleep instead of taking the cores from OpenBLAS's,
   * and its OpenBLAS 0.3.19, which takes newer CPUs for a Prescott, is told which kernels to use.
   */
  private static ImmutableMap<String, String> dl4jEnvironment() {
    ImmutableMap.Builder<String, String> environment = ImmutableMap.builder();
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      environment.put("OMP_WAIT_POLICY", "passive");
    }
    Path cpu = Path.of("/proc/cpuinfo");
    if (System.getenv("OPENBLAS_CORETYPE") == null && Files.exists(cpu)) {
      try {
        String flags = Files.readString(cpu);
        if (flags.contains("avx512dq")) {
          environment.put("OPENBLAS_CORETYPE", "SkylakeX");
        } else if (flags.contains("avx2")) {
          environment.put("OPENBLAS_CORETYPE", "Haswell");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return environment.buildOrThrow();
  }
}
