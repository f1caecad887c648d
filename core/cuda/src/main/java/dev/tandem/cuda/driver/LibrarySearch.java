package dev.tandem.cuda.driver;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where shared libraries lie on a machine.
 *
 * @param listed folders that somebody named, which come first
 * @param cache what the system's list of libraries has: paths by file name
 * @param usual folders that come last
 */
record LibrarySearch(
    ImmutableList<Path> listed, ImmutableMap<String, Path> cache, ImmutableList<Path> usual) {

  private static final List<String> LDCONFIG = List.of("ldconfig", "/sbin/ldconfig");
  private static final int TIMEOUT_SECONDS = 10;

  /** The search of this process: its settings, its system's list, and CUDA's usual folders. */
  static LibrarySearch ofThisMachine() {
    Set<Path> listed = new LinkedHashSet<>(folders(System.getProperty("java.library.path", "")));
    String environment = System.getenv("LD_LIBRARY_PATH");
    listed.addAll(folders(environment == null ? "" : environment));
    return new LibrarySearch(
        ImmutableList.copyOf(listed), ldconfig(), toolkits(Path.of("/usr/local")));
  }

  /** The system and processor, named as JavaCPP names them. */
  static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return system.split(" ", 2)[0] + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }

  /** The folders of a list with colons, those that are there. */
  static ImmutableList<Path> folders(String list) {
    ImmutableList.Builder<Path> folders = ImmutableList.builder();
    for (String name : Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(list)) {
      try {
        Path folder = Path.of(name);
        if (Files.isDirectory(folder)) {
          folders.add(folder);
        }
      } catch (InvalidPathException e) {
        // no folder has such a name
      }
    }
    return folders.build();
  }

  /** The library folders of the toolkits in a folder: {@code cuda}, then the newest first. */
  static ImmutableList<Path> toolkits(Path root) {
    List<Path> toolkits = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root, "cuda*")) {
      stream.forEach(toolkits::add);
    } catch (IOException e) {
      return ImmutableList.of();
    }
    toolkits.sort(
        Comparator.comparing((Path path) -> !path.endsWith("cuda"))
            .thenComparing(Comparator.reverseOrder()));
    Map<Path, Path> folders = new LinkedHashMap<>();
    for (Path toolkit : toolkits) {
      for (String name : List.of("lib64", "lib")) {
        Path folder = toolkit.resolve(name);
        if (Files.isDirectory(folder)) {
          folders.putIfAbsent(real(folder), folder);
        }
      }
    }
    return ImmutableList.copyOf(folders.values());
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static ImmutableMap<String, Path> ldconfig() {
    for (String command : LDCONFIG) {
      try {
        Process process =
            new ProcessBuilder(command, "-p")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = process.getInputStream()) {
          String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
          if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
            return parse(text);
          }
        } finally {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        // not under this name
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ImmutableMap.of();
      }
    }
    return ImmutableMap.of();
  }

  /** Reads lines as {@code libcuda.so.1 (libc6,x86-64) => /lib/libcuda.so.1}; the first counts. */
  static ImmutableMap<String, Path> parse(String output) {
    Map<String, Path> paths = new HashMap<>();
    for (String line : Splitter.on('\n').split(output)) {
      int arrow = line.indexOf(" => ");
      int bracket = line.indexOf(" (");
      if (bracket > 0 && arrow > bracket && line.substring(bracket, arrow).contains("x86-64")) {
        paths.putIfAbsent(
            line.substring(0, bracket).strip(), Path.of(line.substring(arrow + 4).strip()));
      }
    }
    return ImmutableMap.copyOf(paths);
  }

  /** Where a file of this name lies. */
  Optional<Path> find(String file) {
    return in(listed, file)
        .or(() -> Optional.ofNullable(cache.get(file)).filter(Files::exists))
        .or(() -> in(usual, file));
  }

  private static Optional<Path> in(Collection<Path> folders, String file) {
    return folders.stream()
        .map(folder -> folder.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Files of the same library in versions other than the one that a name asks for. */
  ImmutableList<Path> others(String file) {
    String stem = file.substring(0, file.lastIndexOf('.') + 1);
    Set<Path> others = new LinkedHashSet<>();
    listed.forEach(folder -> others.addAll(beginning(folder, stem)));
    cache.forEach(
        (name, path) -> {
          if (name.startsWith(stem)) {
            others.add(path);
          }
        });
    usual.forEach(folder -> others.addAll(beginning(folder, stem)));
    return ImmutableList.copyOf(others);
  }

  /** Files in a file's folder, after following links, whose names begin so; the last one alone. */
  static List<Path> beside(Path file, String stem) {
    Path folder = real(file).getParent();
    List<Path> files = folder == null ? List.of() : beginning(folder, stem);
    return files.isEmpty() ? files : files.subList(files.size() - 1, files.size());
  }

  private static List<Path> beginning(Path folder, String stem) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, stem + "*")) {
      stream.forEach(files::add);
    } catch (IOException e) {
      return List.of();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /** The version in a library's name, after following links: {@code 13.0.88}. */
  static String version(Path path) {
    String name = String.valueOf(real(path).getFileName());
    int end = name.indexOf(".so.");
    return end < 0 ? "" : name.substring(end + 4);
  }

  /** Where is looked, in order. */
  ImmutableList<String> places() {
    ImmutableList.Builder<String> places = ImmutableList.builder();
    listed.forEach(folder -> places.add(folder.toString()));
    places.add("ldconfig -p");
    usual.forEach(folder -> places.add(folder.toString()));
    return places.build();
  }
}
