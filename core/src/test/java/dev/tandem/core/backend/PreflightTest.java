package dev.tandem.core.backend;

import static dev.tandem.core.backend.Findings.CPU;
import static dev.tandem.core.backend.Findings.CUDA;
import static dev.tandem.core.backend.Verdict.Severity.ERROR;
import static dev.tandem.core.backend.Verdict.Severity.NONE;
import static dev.tandem.core.backend.Verdict.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.core.backend.Verdict.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightTest {

  private static final String LINUX = "linux-x86_64";
  private static final String ONEDNN = "STD version: 201103L\nHAVE_FLATBUFFERS\nHAVE_ONEDNN";
  private static final String GENERIC = "STD version: 201103L\nHAVE_FLATBUFFERS";

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(before(LINUX, List.of()), ERROR, "no ND4J backend"),
        arguments(
            before(LINUX, List.of()),
            ERROR,
            "org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64-onednn-avx2\n"),
        arguments(before(LINUX, List.of()), ERROR, "org.nd4j:nd4j-native:1.0.0-M2.1\n"),
        arguments(before(LINUX, List.of()), ERROR, "org.bytedeco:dnnl:3.11-1.5.13:linux-x86_64\n"),
        arguments(
            before(LINUX, List.of()), ERROR, "org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1:linux-x86_64"),
        arguments(before("macosx-arm64", List.of()), ERROR, ":macosx-arm64\n"),
        arguments(before(LINUX, List.of(CPU, CUDA)), ERROR, "got nd4j-native and nd4j-cuda-11.6"),
        arguments(
            before(LINUX, List.of(CPU, "org.acme.Own")), ERROR, "nd4j-native and org.acme.Own"),
        arguments(before(LINUX, List.of(CPU)), NONE, ""),
        arguments(before(LINUX, List.of("org.acme.Own")), NONE, ""),
        arguments(after(LINUX, CPU, LINUX + "-onednn-avx2", ONEDNN), NONE, ""),
        arguments(after(LINUX, CPU, LINUX, GENERIC), WARNING, "up to 17 times slower"),
        arguments(
            after(LINUX, CPU, LINUX + "-avx2", GENERIC), WARNING, "natives linux-x86_64-avx2"),
        arguments(after("windows-x86_64", CPU, "windows-x86_64", GENERIC), WARNING, "onednn-avx2"),
        arguments(after("linux-arm64", CPU, "linux-arm64", GENERIC), NONE, ""),
        arguments(after(LINUX, CUDA, LINUX, GENERIC), NONE, ""),
        arguments(cuda(), NONE, ""),
        arguments(cuda("3.5"), ERROR, "this machine has 3.5;"),
        arguments(cuda("3.7"), NONE, ""),
        arguments(cuda("8.0"), NONE, ""),
        arguments(cuda("8.6"), NONE, ""),
        arguments(cuda("8.9"), NONE, ""),
        arguments(cuda("9.0"), ERROR, "3.7 to 8.x only, this machine has 9.0; use nd4j-native"),
        arguments(cuda("12.0", "9.0"), ERROR, "this machine has 12.0, 9.0;"),
        arguments(
            cuda("8.6", "9.0"), WARNING, "has 9.0; name the other cards in CUDA_VISIBLE_DEVICES"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judge_findings_givesSeverityAndSentence(Findings found, Severity severity, String sentence) {
    Verdict verdict = Preflight.judge(found);

    assertThat(verdict.severity()).isEqualTo(severity);
    assertThat(verdict.message()).contains(sentence);
  }

  @Test
  void loadFailure_withoutNatives_namesCauseAndClassifiers() {
    String message =
        Preflight.loadFailure(
            before(LINUX, List.of(CPU)),
            new UnsatisfiedLinkError("no jnind4jcpu in java.library.path"));

    assertThat(message)
        .startsWith("nd4j-native cannot be loaded on linux-x86_64")
        .contains("no jnind4jcpu in java.library.path", "linux-x86_64-onednn-avx2", "openblas");
  }

  @Test
  void loadFailure_ofOtherVersions_namesThemAndThoseThatFit() {
    List<Part> parts =
        parts(LINUX).stream()
            .map(
                part ->
                    new Part(
                        part.artifact(),
                        Optional.of(
                            part.artifact().name().equals("javacpp")
                                    && !part.artifact().classifier().isEmpty()
                                ? "1.5.7"
                                : part.artifact().version())))
            .toList();

    assertThat(
            Preflight.loadFailure(
                new Findings(List.of(CPU), LINUX, List.of(), parts, Optional.empty()),
                new UnsatisfiedLinkError("totalCores()")))
        .endsWith(
            "(java.lang.UnsatisfiedLinkError: totalCores()); there in versions that do not fit"
                + " together (org.bytedeco:javacpp:1.5.7:linux-x86_64), put in their place:\n"
                + "  org.bytedeco:javacpp:1.5.13:linux-x86_64");
  }

  @Test
  void loadFailure_ofAWholeClassPath_looksElsewhere() {
    List<Part> parts =
        parts(LINUX).stream().map(part -> new Part(part.artifact(), Optional.of("?"))).toList();

    assertThat(
            Preflight.loadFailure(
                new Findings(List.of(CPU), LINUX, List.of(), parts, Optional.empty()),
                new UnsatisfiedLinkError("GLIBC_2.38 not found")))
        .contains("all that it needs is on the class path", "javacpp.cachedir");
  }

  @Test
  void loadFailure_ofCuda_namesCudaLibraries() {
    assertThat(Preflight.loadFailure(cuda(), new UnsatisfiedLinkError("libcudart.so.11.0")))
        .contains("libcudart.so.11.0", "linux-x86_64-redist");
  }

  private static Findings before(String platform, List<String> backends) {
    return new Findings(backends, platform, List.of(), parts(platform), Optional.empty());
  }

  /** A class path without anything. */
  private static List<Part> parts(String platform) {
    return new Parts(platform).ofCpu(ClassLoader.getPlatformClassLoader());
  }

  private static Findings after(String platform, String backend, String natives, String buildInfo) {
    return before(platform, List.of(backend)).with(new Natives(natives, buildInfo));
  }

  private static Findings cuda(String... cards) {
    return new Findings(
        List.of(CUDA),
        LINUX,
        Stream.of(cards).map(ComputeCapability::parse).toList(),
        List.of(),
        Optional.empty());
  }
}
