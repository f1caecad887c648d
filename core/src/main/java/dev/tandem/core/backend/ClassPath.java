package dev.tandem.core.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Reads the class path's entries for ND4J backends without loading their classes. */
final class ClassPath {

  static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private ClassPath() {}

  /** The class names of all backends that a class loader offers, each once. */
  static List<String> backends(ClassLoader loader) {
    Collection<String> names = new LinkedHashSet<>();
    try {
      for (URL file : Collections.list(loader.getResources(SERVICE))) {
        names.addAll(names(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SERVICE + " from the class path", e);
    }
    return List.copyOf(names);
  }

  /**
   * The version of the artifact that a file comes in.
   *
   * @return empty if there is no such file, "?" if its jar does not say
   */
  static Optional<String> versionOf(ClassLoader loader, String file, String group, String name) {
    URL url = loader.getResource(file);
    if (url == null) {
      return Optional.empty();
    }
    String there = url.toString();
    String properties = "META-INF/maven/" + group + "/" + name + "/pom.properties";
    try {
      URLConnection connection =
          new URL(there.substring(0, there.length() - file.length()) + properties).openConnection();
      connection.setUseCaches(false); // or the jar stays open
      try (InputStream in = connection.getInputStream()) {
        Properties read = new Properties();
        read.load(in);
        return Optional.of(read.getProperty("version", "?"));
      }
    } catch (IOException e) {
      return Optional.of("?");
    }
  }

  private static List<String> names(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }
}
