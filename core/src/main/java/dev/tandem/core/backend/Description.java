package dev.tandem.core.backend;

import java.io.IOException;
import java.util.StringJoiner;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** A loaded backend in one line; what cannot be read is left out. */
final class Description {

  private Description() {}

  static String of(Findings found) {
    String artifact = Findings.artifact(found.backends().get(0));
    Natives natives = found.natives().orElseThrow();
    StringJoiner line = new StringJoiner(", ");
    line.add((artifact + " " + version("org.nd4j", artifact)).strip());
    line.add(natives.name());
    if (natives.hasOneDnn()) {
      line.add("oneDNN");
    }
    String openBlas = version("org.bytedeco", "openblas");
    if (!openBlas.isEmpty()) {
      line.add("OpenBLAS " + openBlas.replaceFirst("-.*", ""));
    }
    line.add(Nd4j.getEnvironment().maxThreads() + " threads");
    return line.toString();
  }

  /** The version in an artifact's Maven properties; empty if it was repackaged without them. */
  private static String version(String group, String artifact) {
    try {
      String version = Loader.getVersion(group, artifact, Nd4j.class);
      return version == null ? "" : version;
    } catch (IOException e) {
      return "";
    }
  }
}
