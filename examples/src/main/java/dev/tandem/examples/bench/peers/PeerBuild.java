package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.support.ChildProcess;
import dev.tandem.examples.bench.support.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Builds the programs of other systems, each when it is missing or older than its sources. */
final class PeerBuild {

  /** The first build fetches up to 200 MB. */
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private static final String MEASURE = "examples/src/main/java/dev/tandem/examples/bench/measure";

  private final Repository repository;

  PeerBuild(Repository repository) {
    this.repository = repository;
  }

  /**
   * Builds a module if need be.
   *
   * @return the class path
   * @throws BuildFailure if Maven fails
   */
  String classPath(String module) throws BuildFailure {
    Path folder = repository.bench().resolve(module);
    Path file = folder.resolve("target/class-path");
    try {
      if (isStale(module, file)) {
        build(module);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      }
      String libraries = Files.readString(file).strip();
      return folder.resolve("target/classes") + System.getProperty("path.separator") + libraries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program of this application that must have run before a system's can.
   *
   * @param program its main class and arguments
   * @throws BuildFailure if it fails
   */
  void prepare(String system, List<String> program) throws BuildFailure {
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .addAll(ChildProcess.java())
            .add("-cp", System.getProperty("java.class.path"))
            .addAll(program)
            .build();
    run(command, log(system), "prepared: " + program.get(0));
  }

  /** Where a module's build leaves what it prints. */
  Path log(String module) {
    return repository.logs().resolve("build-" + module + ".log");
  }

  private void build(String module) throws BuildFailure {
    ImmutableList<String> command =
        ImmutableList.of(
            "mvn",
            "-B",
            "-q",
            "-f",
            repository.bench().toString(),
            "-pl",
            module,
            "-am",
            "package");
    run(command, log(module), "built: Maven");
  }

  /**
   * Runs what must come before a measurement.
   *
   * @param what was to be done, and who does it
   */
  private static void run(ImmutableList<String> command, Path log, String what)
      throws BuildFailure {
    ChildProcess.End end = new ChildProcess(command, ImmutableMap.of()).run(log, LIMIT);
    if (end.timedOut() || end.exitCode() != 0) {
      String reason =
          end.timedOut()
              ? " took longer than " + LIMIT.toSeconds() + " s"
              : " ended with exit code " + end.exitCode();
      throw new BuildFailure(Outcome.Failed.forGood("was not " + what + reason, end.lines()));
    }
  }

  private boolean isStale(String module, Path built) throws IOException {
    if (!Files.exists(built)) {
      return true;
    }
    FileTime then = Files.getLastModifiedTime(built);
    Path bench = repository.bench();
    for (Path source :
        List.of(
            repository.root().resolve("pom.xml"),
            bench.resolve("pom.xml"),
            bench.resolve(module).resolve("pom.xml"),
            bench.resolve(module).resolve("src"),
            repository.root().resolve(MEASURE))) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.toList()) {
          if (Files.getLastModifiedTime(file).compareTo(then) > 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** A program could not be built or prepared. */
  static final class BuildFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Outcome.Failed outcome;

    BuildFailure(Outcome.Failed outcome) {
      super(outcome.reason());
      this.outcome = outcome;
    }

    /** What to report for each workload. */
    Outcome.Failed outcome() {
      return outcome;
    }
  }
}
