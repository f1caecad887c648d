package dev.tandem.core.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

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
