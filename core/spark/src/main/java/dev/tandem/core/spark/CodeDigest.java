package dev.tandem.core.spark;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.tandem.core.worker.Workers;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/** What a worker runs, in lines that are equal where it is the same: Java, and its jars. */
final class CodeDigest {

  private static final int LETTERS = 16;
  private static final Map<Path, String> DIGESTS = new ConcurrentHashMap<>();

  private CodeDigest() {}

  /**
   * The lines.
   *
   * @param program whose jar is among them
   */
  static ImmutableList<String> of(Class<?> program) {
    Set<Path> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(Workers.class, CodeDigest.class, Nd4j.class, program)) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source != null && source.getLocation() != null) {
        add(places, source.getLocation());
      }
    }
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        add(places, url);
      }
    }
    String classPath = System.getProperty("java.class.path", "");
    for (String entry : Splitter.on(File.pathSeparatorChar).split(classPath)) {
      Path path = Path.of(entry);
      if (String.valueOf(path.getFileName()).startsWith("tandem-")) {
        places.add(path.toAbsolutePath());
      }
    }
    Set<String> lines = new TreeSet<>();
    for (Path place : places) {
      lines.add(DIGESTS.computeIfAbsent(place, CodeDigest::line));
    }
    List<String> all = new ArrayList<>();
    all.add("Java " + Runtime.version().feature());
    all.addAll(lines);
    return ImmutableList.copyOf(all);
  }

  private static void add(Set<Path> places, URL url) {
    try {
      URI uri = url.toURI();
      if ("file".equals(uri.getScheme())) {
        places.add(Path.of(uri).toAbsolutePath());
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // no file: whoever made it names it by itself
    }
  }

  private static String line(Path place) {
    try {
      Hasher hasher = Hashing.sha256().newHasher();
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.walk(place)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            hasher.putString(place.relativize(file).toString(), StandardCharsets.UTF_8);
            hasher.putLong(Files.size(file));
          }
        }
        return "a folder of classes with digest " + shortened(hasher);
      }
      if (!Files.isRegularFile(place)) {
        return place.getFileName() + ", which is not there";
      }
      hasher.putBytes(
          com.google.common.io.Files.asByteSource(place.toFile()).hash(Hashing.sha256()).asBytes());
      return place.getFileName() + " with digest " + shortened(hasher);
    } catch (IOException e) {
      return place.getFileName() + ", which cannot be read (" + e + ")";
    }
  }

  private static String shortened(Hasher hasher) {
    return hasher.hash().toString().substring(0, LETTERS);
  }
}
