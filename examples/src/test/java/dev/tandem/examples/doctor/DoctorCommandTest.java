package dev.tandem.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.driver.CudaLibraries;
import dev.tandem.cuda.driver.CudaLibrary;
import dev.tandem.cuda.driver.CudaPart;
import dev.tandem.cuda.driver.KernelCache;
import dev.tandem.examples.Cli;
import dev.tandem.examples.doctor.Section.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

  private static final String CPUINFO =
      """
      processor\t: 0
      model name\t: A Processor @ 2.50GHz
      physical id\t: 0
      core id\t\t: 0
      flags\t\t: fpu avx2 avx512f avx512_bf16 amx_tile amx_bf16

      processor\t: 1
      model name\t: A Processor @ 2.50GHz
      physical id\t: 0
      core id\t\t: 0
      flags\t\t: fpu avx2 avx512f avx512_bf16 amx_tile amx_bf16
      """;

  private static final KernelCache CACHE = new KernelCache(Path.of("/c/tandem/cuda"), 3, 2 << 20);

  private static String text(Section section) {
    StringWriter text = new StringWriter();
    DoctorCommand.print(section, new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void doctor_onThisMachine_printsEachHeadingAndAVerdict() {
    Cli cli = Cli.run("doctor");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out().lines().filter(line -> !line.startsWith(" ") && !line.isEmpty()))
        .startsWith(
            "Java", "Processor", "System", "Kernel libraries", "Threads", "Memory", "NVIDIA card")
        .last()
        .asString()
        .matches("--device auto chooses (cpu|cuda) \\(.+\\)");
    assertThat(cli.out())
        .contains(System.getProperty("java.version"), System.getProperty("java.home"))
        .containsPattern("oneDNN +\\S")
        .containsPattern("precisions +float32(, bf16\n|; no bf16: this processor has neither )")
        .containsPattern("used +\\d+\\R");
  }

  @Test
  void doctor_askedForJson_printsOneObject() throws IOException {
    Cli cli = Cli.run("doctor", "--json");

    JsonNode root = new ObjectMapper().readTree(cli.out());
    assertThat(root.fieldNames())
        .toIterable()
        .contains("Java", "Processor", "Kernel libraries", "NVIDIA card", "auto");
    assertThat(root.get("Java").get("version").asText())
        .isEqualTo(System.getProperty("java.version"));
    assertThat(root.get("auto").get("device").asText()).isIn("cpu", "cuda");
  }

  @Test
  void processor_ofAText_hasItsModelCoresAndFlags() {
    assertThat(text(CpuInfo.read(CPUINFO).section()))
        .isEqualToNormalizingNewlines(
            """
            Processor
              model    A Processor @ 2.50GHz
              cores    1, 2 threads
              AVX2     yes (avx2)
              AVX-512  yes (avx512f)
              BF16     yes (avx512_bf16)
              AMX      yes (amx_bf16)

            """);
  }

  @Test
  void processor_withoutAText_isNotTold() {
    assertThat(text(CpuInfo.read("").section()))
        .containsPattern("model +not told here")
        .containsPattern("AVX2 +not told here");
    assertThat(text(CpuInfo.read("flags : fpu").section())).containsPattern("AVX2 +no\\R");
  }

  private static String workers(boolean canExchange, int... capabilities) {
    List<CudaCard> cards = new ArrayList<>();
    for (int major : capabilities) {
      cards.add(new CudaCard(cards.size(), "A", major, 0, 132, 1L << 36, "13.0"));
    }
    return CardSection.findings(cards, canExchange).stream()
        .filter(finding -> finding.name().equals("workers"))
        .map(Finding::value)
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void cards_thatCanTrainTogether_areCounted() {
    assertThat(workers(true, 9, 9, 6)).isEqualTo("2 cards train together by --workers cards:2");
    assertThat(workers(false, 9, 9)).contains("2 cards, each by itself", "NCCL", "is missing");
    assertThat(workers(true, 9)).isEqualTo("nothing");
  }

  private static CudaPart missing(CudaLibrary library) {
    return new CudaPart(library, ImmutableMap.of(), ImmutableList.of());
  }

  private static CudaPart found(CudaLibrary library) {
    ImmutableMap.Builder<String, Path> files = ImmutableMap.builder();
    library.files().forEach(file -> files.put(file, Path.of("/lib", file)));
    return new CudaPart(library, files.buildOrThrow(), ImmutableList.of());
  }

  private static CudaLibraries libraries(String platform, Function<CudaLibrary, CudaPart> part) {
    return new CudaLibraries(
        platform,
        Arrays.stream(CudaLibrary.values()).map(part).collect(ImmutableList.toImmutableList()),
        ImmutableList.of("/lib", "/usr/local/cuda"));
  }

  @Test
  void card_withAMissingLibrary_namesItAndWhatToInstall() {
    CudaLibraries libraries =
        libraries(
            CudaLibraries.PLATFORM,
            library -> library == CudaLibrary.CUDNN ? missing(library) : found(library));

    String text =
        text(CardSection.of(libraries, List.of(new Finding("card 0", "NVIDIA A")), CACHE));

    assertThat(text)
        .containsPattern("card 0 +NVIDIA A")
        .containsPattern("NVRTC +.*libnvrtc.so.13")
        .containsPattern("cuDNN +missing .*libcudnn.so.9.*; install cuDNN, version 9")
        .containsPattern("looked in +/lib, /usr/local/cuda")
        .containsPattern("kernel cache +/c/tandem/cuda, 3 files, 2\\.0 MB \\(held below 512\\)");
  }

  @Test
  void card_onAnotherSystem_isNotLookedFor() {
    CudaLibraries libraries = libraries("macosx-arm64", DoctorCommandTest::missing);

    assertThat(text(CardSection.of(libraries, List.of(), CACHE)))
        .containsPattern("platform +used on linux-x86_64 alone, this is macosx-arm64");
  }
}
