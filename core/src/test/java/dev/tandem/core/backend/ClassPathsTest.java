package dev.tandem.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with parts of the backend, each in a JVM of its own. */
class ClassPathsTest {

  private static final String PLATFORM = Loader.getPlatform();
  private static final String BACKEND = "nd4j-native-1";
  private static final String NATIVES = "[^/]*-" + Pattern.quote(PLATFORM) + "[^/]*\\.jar";

  private static String name(String entry) {
    return Path.of(entry).getFileName().toString();
  }

  private static List<String> classPath(Predicate<String> keep) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> keep.test(name(entry)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String run(List<String> classPath, String how)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("first-array", ".txt");
    try {
      ProcessBuilder program =
          ForkedJvm.of(
                  "-Xmx256m",
                  "-Dslf4j.provider=dev.tandem.core.semantics.LoggedSteps$Printing",
                  "-cp",
                  String.join(File.pathSeparator, classPath),
                  FirstArray.class.getName(),
                  how)
              .redirectOutput(output.toFile());
      program.environment().put("OMP_NUM_THREADS", "1");
      Process process = program.start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      Files.delete(output);
    }
  }

  /** The numbers of coordinates as a message lists them. */
  private static List<String> coordinates(String text) {
    return text.lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"predictor", "initialize", "values", "trainer", "mnist", "samediff"})
  void firstArray_ofCoreAlone_saysWhatToAdd(String how) throws Exception {
    String said =
        run(
            classPath(
                jar ->
                    !jar.startsWith("nd4j-native")
                        && !jar.startsWith("openblas")
                        && !jar.matches(NATIVES)),
            how);

    assertThat(said)
        .contains(
            "java.lang.IllegalStateException: no ND4J backend is on the class path; add these to"
                + " the dependencies, at run time:\n");
    List<String> named = coordinates(said);
    assertThat(named.subList(0, 7))
        .containsExactly(
            "org.nd4j:nd4j-native:" + Parts.version("nd4j"),
            "org.nd4j:nd4j-native:" + Parts.version("nd4j") + ":" + classifier(),
            "org.bytedeco:openblas:" + Parts.version("openblas"),
            "org.bytedeco:openblas:" + Parts.version("openblas") + ":" + PLATFORM,
            "org.bytedeco:javacpp:" + Parts.version("javacpp") + ":" + PLATFORM,
            "org.bytedeco:dnnl:" + Parts.version("dnnl") + ":" + PLATFORM,
            "org.bytedeco:opencl:" + Parts.version("opencl") + ":" + PLATFORM);
    assertThat(named).allMatch(line -> line.split(":").length >= 3).noneMatch(l -> l.contains("$"));
  }

  private static String classifier() {
    return PLATFORM.endsWith("x86_64") ? PLATFORM + "-onednn-avx2" : PLATFORM;
  }

  @Test
  void firstArray_withoutNatives_saysWhichAndSaysItAgain() throws Exception {
    String said = run(classPath(jar -> !jar.matches(NATIVES)), "predictor");

    assertThat(said.split("nd4j-native cannot be loaded on " + PLATFORM, -1)).hasSize(3);
    assertThat(coordinates(said).subList(0, 3))
        .containsExactly(
            "org.nd4j:nd4j-native:" + Parts.version("nd4j") + ":" + classifier(),
            "org.bytedeco:openblas:" + Parts.version("openblas") + ":" + PLATFORM,
            "org.bytedeco:javacpp:" + Parts.version("javacpp") + ":" + PLATFORM);
  }

  /** The versions that nd4j-native asks for, beside the JavaCPP that this library brings. */
  @Test
  void firstArray_withNativesOfOtherVersions_saysWhichAndWhichFit() throws Exception {
    List<String> path = new ArrayList<>();
    for (String entry : classPath(jar -> true)) {
      String other =
          name(entry).matches("openblas-.*|javacpp-" + NATIVES)
              ? entry
                  .replace(Parts.version("openblas"), "0.3.19-1.5.7")
                  .replace(Parts.version("javacpp"), "1.5.7")
              : entry;
      assumeTrue(Files.exists(Path.of(other)), "in the local repository: " + other);
      path.add(other);
    }

    String said = run(path, "initialize");

    assertThat(said)
        .contains("nd4j-native cannot be loaded on " + PLATFORM)
        .contains("versions that do not fit together (org.bytedeco:openblas:0.3.19-1.5.7, ")
        .contains("org.bytedeco:javacpp:1.5.7:" + PLATFORM + "), put in their place:\n");
    assertThat(coordinates(said).subList(0, 3))
        .containsExactly(
            "org.bytedeco:openblas:" + Parts.version("openblas"),
            "org.bytedeco:openblas:" + Parts.version("openblas") + ":" + PLATFORM,
            "org.bytedeco:javacpp:" + Parts.version("javacpp") + ":" + PLATFORM);
  }

  @Test
  void firstStep_withoutOneDnn_warnsWithWhatToAdd() throws Exception {
    String said = run(classPath(jar -> !jar.matches("(dnnl|opencl)-" + NATIVES)), "step");

    assertThat(said)
        .contains("WARN oneDNN does not load here (")
        .contains("1.7 times as long")
        .contains("\n  org.bytedeco:dnnl:" + Parts.version("dnnl") + ":" + PLATFORM)
        .contains("\n  org.bytedeco:opencl:" + Parts.version("opencl") + ":" + PLATFORM)
        .contains("made");
  }

  @Test
  void firstArray_ofTheWholeClassPath_isMadeWithoutAWord() throws Exception {
    assertThat(classPath(jar -> jar.startsWith(BACKEND))).isNotEmpty();
    assertThat(run(classPath(jar -> true), "trainer").lines()).endsWith("made", "made");
    assertThat(run(classPath(jar -> true), "step")).doesNotContain("WARN");
  }
}
