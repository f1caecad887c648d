package dev.tandem.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureSourcesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/tandem/examples/bench/measure");
  private static final Path POM = Path.of("bench/measure/pom.xml");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL);

  /** The programs of other systems are built with this package, and not with all of this module. */
  @Test
  void sources_compileWithWhatTheirOwnPomBrings(@TempDir Path classes) throws IOException {
    List<String> brought =
        DEPENDENCY.matcher(Files.readString(POM)).results().map(found -> found.group(1)).toList();
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    brought.stream().anyMatch(Path.of(entry).getFileName().toString()::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.list(SOURCES)) {
      compiler
          .getTask(
              messages,
              files,
              null,
              List.of("-proc:none", "-d", classes.toString(), "-cp", classPath),
              null,
              files.getJavaFileObjectsFromPaths(sources.toList()))
          .call();
    }
    assertThat(messages).hasToString("");
  }
}
