package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/**
 * One library that a card needs, found or missing.
 *
 * @param library which
 * @param found where each file that is there lies
 * @param others files of other versions, which are of no use
 */
public record CudaPart(
    CudaLibrary library, ImmutableMap<String, Path> found, ImmutableList<Path> others) {

  /** Whether all its files are there. */
  public boolean isFound() {
    return missing().isEmpty();
  }

  /** The names of the files that are not there. */
  public ImmutableList<String> missing() {
    return library.files().stream()
        .filter(file -> !found.containsKey(file))
        .collect(ImmutableList.toImmutableList());
  }

  /** The version of what was found, as its file's name says it, or an empty text. */
  public String version() {
    Path path = found.get(library.mainFile());
    return path == null ? "" : LibrarySearch.version(path);
  }

  /**
   * A line: {@code cuDNN 9.19.0: /usr/lib/x86_64-linux-gnu/libcudnn.so.9}, or what is missing and
   * what to install.
   */
  public String describe() {
    if (isFound()) {
      return library.title() + " " + version() + ": " + found.get(library.mainFile());
    }
    String text =
        library.title() + ": no " + String.join(", ", missing()) + "; " + library.remedy();
    return others.isEmpty() ? text : text + " (of no use: " + joined(others) + ")";
  }

  private static String joined(ImmutableList<Path> paths) {
    return String.join(", ", paths.stream().map(Path::toString).toList());
  }
}
