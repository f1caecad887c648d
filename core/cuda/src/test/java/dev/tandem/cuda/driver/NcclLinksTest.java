package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import dev.tandem.core.worker.CardProvider;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaCardProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * NCCL's calls through the presets, in a process in which libraries made by g++ stand for NVIDIA's:
 * what arrives, and what is said and given up where something fails.
 */
@Timeout(120)
class NcclLinksTest {

  private static final Set<CudaLibrary> CALLED =
      EnumSet.of(CudaLibrary.DRIVER, CudaLibrary.RUNTIME, CudaLibrary.NVRTC, CudaLibrary.NCCL);

  /** Those whose functions the presets ask for by the version of their library. */
  private static final Set<String> VERSIONED = Set.of("RUNTIME", "NVRTC");

  @TempDir Path folder;

  /** Libraries whose functions are called, and files that are merely there. */
  private void libraries() throws IOException, InterruptedException {
    Path source = folder.resolve("stand_in.cpp");
    Files.writeString(
        source,
        Resources.toString(Resources.getResource("host/stand_in.cpp"), StandardCharsets.UTF_8));
    for (CudaLibrary library : CudaLibrary.values()) {
      for (String file : library.files()) {
        if (CALLED.contains(library)) {
          library(file, library.name(), source);
        } else {
          Files.copy(folder.resolve(CudaLibrary.NVRTC.mainFile()), folder.resolve(file));
        }
      }
    }
  }

  private void library(String file, String what, Path source)
      throws IOException, InterruptedException {
    Path version = folder.resolve("version.map");
    Files.writeString(version, file + " { global: *; };");
    List<String> command =
        new ArrayList<>(
            List.of("g++", "-shared", "-fPIC", "-w", "-Wl,-soname," + file, "-D" + what));
    if (VERSIONED.contains(what)) {
      command.add("-Wl,--version-script=" + version);
    }
    command.addAll(List.of("-o", folder.resolve(file).toString(), source.toString()));
    assertThat(run(command, Map.of())).isEmpty();
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private String ofAProcess() throws IOException, InterruptedException {
    libraries();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dorg.bytedeco.javacpp.pathsFirst=true",
            "-Djava.library.path=" + folder,
            StandInCards.class.getName()),
        Map.of("LD_LIBRARY_PATH", folder.toString(), "XDG_CACHE_HOME", folder.toString()));
  }

  /** What was printed before the first fault, and after each. */
  private static Map<String, String> parts(String output) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : Splitter.on("fault ").split(output)) {
      int end = part.indexOf('\n');
      parts.put(parts.isEmpty() ? "none" : part.substring(0, end), part);
    }
    return parts;
  }

  @Test
  void links_overLibrariesThatStandIn_bringNumbersAndTellOfEachFault()
      throws IOException, InterruptedException {
    Cards.host();

    Map<String, String> said = parts(ofAProcess());

    assertThat(said.get("none"))
        .contains("NCCL 2.29.2")
        .contains("way of card 0\nway of card 1\n")
        .contains("worker 1 of 2 on CUDA on Stand-in 0, capability 9.0: 0.5\n")
        .contains("worker 2 of 3 on CUDA on Stand-in 1, capability 9.0: 1.0\n")
        .contains("closed 0\nclosed 1\nclosed 2\n")
        .contains("error 4 workers need a card each, and 3 can be used here: card 0 Stand-in 0")
        .contains("take 3 workers, or look at nvidia-smi -L and CUDA_VISIBLE_DEVICES")
        .doesNotContain("given up");
    assertThat(said.get("connects"))
        .contains("error ncclCommInitAll of 2 cards answers an error of the stand-in (2);")
        .contains("NCCL_DEBUG=WARN");
    assertThat(said.get("waits"))
        .contains("error NCCL does not connect 2 cards in 1 s (ncclCommInitAll); set NCCL_DEBUG");
    assertThat(said.get("sends"))
        .contains("given up 0\ngiven up 1\n")
        .contains("error 2 cards cannot exchange; card 0 (Stand-in 0, capability 9.0): ncclSend")
        .contains("its own words");
    assertThat(said.get("blocks"))
        .contains("given up 0\ngiven up 1\n")
        .contains("transfers did not come back for 1 s and was given up");
    assertThat(said.get("breaks"))
        .contains("card 1 (Stand-in 0, capability 9.0): an exchange answers an error of the")
        .contains("its own words");
    assertThat(said.get("hangs"))
        .contains("given up 0\ngiven up 1\n")
        .contains("nothing has come for 1 s of what cards exchange; run nvidia-smi");
    assertThat(said.get("damages"))
        .contains("numbers that card 1 (Stand-in 0, capability 9.0) sends to card 0")
        .contains("arrive as others")
        .contains("closed 0\nclosed 1\n");
  }

  @Test
  void provider_ofThisModule_isFound() {
    assertThat(ServiceLoader.load(CardProvider.class))
        .singleElement()
        .isInstanceOf(CudaCardProvider.class);
  }
}
