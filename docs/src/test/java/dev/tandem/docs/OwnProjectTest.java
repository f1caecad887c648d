package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a project of one's own: its pom and its class, built and run in an empty folder. */
class OwnProjectTest {

  private static final Path PAGE = Snippets.DOCS.resolve("own-project.md");
  private static final Path POM = Snippets.ROOT.resolve("pom.xml");
  private static final String VERSION = match(POM, "<version>([^<]+)</version>");

  @TempDir Path folder;

  @Test
  void projectOfThePage_inAnEmptyFolder_buildsAndTrains() throws Exception {
    String maven = System.getProperty("maven.home", "");
    String local = System.getProperty("maven.local", "");
    assumeTrue(!maven.isEmpty() && !local.isEmpty(), "runs when Maven runs the tests");
    assumeTrue(Files.exists(jar("core")), "runs when jars are there: mvn verify, not mvn test");
    Path repository = repository(Path.of(local));
    Path project = Files.createDirectories(folder.resolve("my first GAN"));
    Files.writeString(project.resolve("pom.xml"), block("`pom.xml`, whole:\\s*```xml\\R"));
    Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(project.resolve("src/main/java/FirstGan.java"), block("```java\\R"));
    Path classPath = project.resolve("class-path");

    run(
        project,
        Path.of(maven, "bin", "mvn").toString(),
        "-o",
        "-B",
        "-q",
        "-Dmaven.repo.local=" + repository,
        plugin("maven-compiler-plugin") + ":compile",
        plugin("maven-dependency-plugin") + ":build-classpath",
        "-Dmdep.outputFile=" + classPath);
    String printed =
        run(
            project,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            project.resolve("target/classes")
                + System.getProperty("path.separator")
                + Files.readString(classPath),
            "FirstGan");

    assertThat(printed).contains("rounds=300").doesNotContain("ERROR").doesNotContain("SLF4J");
    assertThat(project.resolve("points.png")).isNotEmptyFile();
  }

  @Test
  void versionsOfTheBom_areThoseOfTheBuild() {
    String bom = Snippets.read(Snippets.ROOT.resolve("core/bom/pom.xml"));
    String parent = Snippets.read(POM);

    assertThat(bom).contains("<artifactId>tandem-bom</artifactId>\n  <version>" + VERSION);
    for (String property : List.of("nd4j", "javacpp", "openblas", "dnnl", "opencl")) {
      assertThat(bom)
          .as(property)
          .contains("<version>" + match(parent, "<" + property + "\\.version>([^<]+)<"));
    }
    assertThat(Snippets.read(PAGE)).contains("<version>" + VERSION + "</version>");
  }

  /** The local repository as it is, but for Tandem's artifacts: these are what was just built. */
  private Path repository(Path local) throws IOException {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    link(local, repository, "dev");
    link(local.resolve("dev"), Files.createDirectories(repository.resolve("dev")), "tandem");
    Path tandem = Files.createDirectories(repository.resolve("dev/tandem"));
    install(tandem, "tandem-parent", POM, null);
    for (String module : List.of("core", "gan", "gan/cpu")) {
      String artifact = "tandem-" + module.substring(module.lastIndexOf('/') + 1);
      install(tandem, artifact, Snippets.ROOT.resolve(module).resolve("pom.xml"), jar(module));
    }
    return repository;
  }

  private static Path jar(String module) {
    String artifact = "tandem-" + module.substring(module.lastIndexOf('/') + 1);
    return Snippets.ROOT.resolve(module).resolve("target/" + artifact + "-" + VERSION + ".jar");
  }

  private static void install(Path repository, String artifact, Path pom, Path jar)
      throws IOException {
    Path place = Files.createDirectories(repository.resolve(artifact).resolve(VERSION));
    Files.copy(pom, place.resolve(artifact + "-" + VERSION + ".pom"));
    if (jar != null) {
      Files.copy(jar, place.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }

  private static void link(Path from, Path to, String but) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        if (!child.getFileName().toString().equals(but)) {
          Files.createSymbolicLink(to.resolve(child.getFileName()), child);
        }
      }
    }
  }

  private static String block(String before) {
    return match(PAGE, before + "(.*?)```");
  }

  private static String plugin(String artifact) {
    return "org.apache.maven.plugins:"
        + artifact
        + ":"
        + match(POM, "<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<");
  }

  private static String match(Path file, String pattern) {
    return match(Snippets.read(file), pattern);
  }

  private static String match(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static String run(Path directory, String... command) throws Exception {
    Path output = directory.resolve("output.txt");
    List<String> words = new ArrayList<>(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended && process.exitValue() == 0).as("%s: %s", words, printed).isTrue();
    return printed;
  }
}
