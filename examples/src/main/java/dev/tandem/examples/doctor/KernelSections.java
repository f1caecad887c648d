package dev.tandem.examples.doctor;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.op.Precision;
import dev.tandem.examples.doctor.Section.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.factory.Nd4j;

/** The libraries that the CPU's steps run on, and their threads. */
final class KernelSections {

  private static final String ONE_DNN = "onednn";

  private KernelSections() {}

  static Section libraries() {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    try {
      findings.add(new Finding("ND4J", Backend.describe()));
      List<String> serving =
          EngineOptions.defaults().libraries().stream().map(KernelLibrary::name).toList();
      findings.add(new Finding("oneDNN", serving.contains(ONE_DNN) ? oneDnn() : missing()));
      findings.add(new Finding("asked in order", String.join(", ", serving)));
      findings.add(new Finding("precisions", precisions(new PlanEngine()::lacks)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      findings.add(new Finding("ND4J", "cannot run: " + oneLine(String.valueOf(e.getMessage()))));
    }
    return new Section("Kernel libraries", findings.build());
  }

  /**
   * Those that something has, and why not bf16.
   *
   * @param lacks what keeps it from a precision, or nothing
   */
  static String precisions(Function<Precision, Optional<String>> lacks) {
    String had =
        Arrays.stream(Precision.values())
            .filter(precision -> lacks.apply(precision).isEmpty())
            .map(Precision::text)
            .collect(Collectors.joining(", "));
    return had + lacks.apply(Precision.BF16).map(why -> "; no bf16: " + why).orElse("");
  }

  private static String oneDnn() {
    dnnl_version_t version = dnnl.dnnl_version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  private static String missing() {
    return "not used: left out by "
        + EngineOptions.LIBRARIES_WITHOUT
        + ", or missing; convolutions are slower without; add "
        + oneLine(Backend.oneDnnArtifacts());
  }

  static Section threads() {
    String set = System.getenv("OMP_NUM_THREADS");
    return Section.of(
        "Threads",
        "OMP_NUM_THREADS",
        set == null ? "not set" : set,
        "used",
        used(),
        "processors",
        Runtime.getRuntime().availableProcessors() + " for this JVM");
  }

  private static String used() {
    try {
      Backend.require();
      return Integer.toString(Nd4j.getEnvironment().maxThreads());
    } catch (IllegalStateException e) {
      return "not known: ND4J cannot run";
    }
  }

  static String oneLine(String text) {
    return String.join(" ", text.strip().lines().map(String::strip).toList());
  }
}
