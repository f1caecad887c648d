package dev.tandem.core.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The artifacts of a platform that make a whole: the CPU's backend, and oneDNN beside it. */
final class Parts {

  private static final String ND4J = "org.nd4j";
  private static final String BYTEDECO = "org.bytedeco";

  /** Which natives of nd4j-native there may be, the recommended ones first. */
  private static final List<String> EXTENSIONS =
      List.of("-onednn-avx2", "-onednn-avx512", "-onednn", "-avx2", "-avx512", "-compat", "");

  private static final Properties VERSIONS = versions();

  private final String platform;

  /** The artifacts of a platform, "linux-x86_64" for example. */
  Parts(String platform) {
    this.platform = platform;
  }

  private static Properties versions() {
    try (InputStream in = Parts.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(Objects.requireNonNull(in, "versions.properties"));
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the versions of the backend", e);
    }
  }

  static String version(String name) {
    return VERSIONS.getProperty(name);
  }

  /** What nd4j-native needs, by what a class path holds of it. */
  List<Part> ofCpu(ClassLoader classPath) {
    String natives = "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform;
    return List.of(
        new Part(
            artifact(ND4J, "nd4j-native", "nd4j", ""),
            found(classPath, ND4J, "nd4j-native", Findings.CPU.replace('.', '/') + ".class")),
        new Part(
            artifact(ND4J, "nd4j-native", "nd4j", classifier()),
            EXTENSIONS.stream()
                .map(extension -> natives + extension + "/" + library("jnind4jcpu"))
                .map(file -> found(classPath, ND4J, "nd4j-native", file))
                .flatMap(Optional::stream)
                .findFirst()),
        new Part(
            artifact(BYTEDECO, "openblas", "openblas", ""),
            found(classPath, BYTEDECO, "openblas", "org/bytedeco/openblas/global/openblas.class")),
        natives(classPath, "openblas", "jniopenblas"),
        new Part(
            artifact(BYTEDECO, "javacpp", "javacpp", ""),
            found(classPath, BYTEDECO, "javacpp", "org/bytedeco/javacpp/Loader.class")),
        natives(classPath, "javacpp", "jnijavacpp"));
  }

  /** What oneDNN needs besides the Java classes that this library brings. */
  List<Part> ofOneDnn(ClassLoader classPath) {
    return List.of(
        natives(classPath, "dnnl", "jnidnnl"), natives(classPath, "opencl", "jniOpenCL"));
  }

  /** What nd4j-cuda needs. */
  List<Artifact> ofCuda() {
    return List.of(
        artifact(ND4J, "nd4j-cuda-11.6", "nd4j", ""),
        artifact(ND4J, "nd4j-cuda-11.6", "nd4j", platform),
        new Artifact(BYTEDECO, "cuda", "11.6-8.3-1.5.7", platform + "-redist"));
  }

  private Part natives(ClassLoader classPath, String name, String library) {
    String file = "org/bytedeco/" + name + "/" + platform + "/" + library(library);
    return new Part(
        artifact(BYTEDECO, name, name, platform), found(classPath, BYTEDECO, name, file));
  }

  private static Optional<String> found(
      ClassLoader classPath, String group, String name, String file) {
    return ClassPath.versionOf(classPath, file, group, name);
  }

  private static Artifact artifact(String group, String name, String version, String classifier) {
    return new Artifact(group, name, version(version), classifier);
  }

  /** The classifier of nd4j-native's natives: with oneDNN where there are such. */
  private String classifier() {
    return platform.endsWith("x86_64") ? platform + "-onednn-avx2" : platform;
  }

  private String library(String name) {
    if (platform.startsWith("windows")) {
      return name + ".dll";
    }
    return "lib" + name + (platform.startsWith("mac") ? ".dylib" : ".so");
  }

  /** One a line, to paste. */
  static String lines(Stream<Artifact> artifacts) {
    StringBuilder lines = new StringBuilder();
    artifacts.forEach(artifact -> lines.append("\n  ").append(artifact));
    return lines.toString();
  }
}
