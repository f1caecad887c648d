package dev.tandem.examples.doctor;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The commit of a checkout that a path lies in. */
final class GitCommit {

  private static final String REFERENCE = "ref: ";
  private static final String ELSEWHERE = "gitdir: ";

  private GitCommit() {}

  /** That of the checkout in which these classes were built; empty if they lie in none. */
  static Optional<String> ofClasses() {
    CodeSource source = GitCommit.class.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Optional.empty()
          : of(Path.of(source.getLocation().toURI()).toAbsolutePath());
    } catch (URISyntaxException | IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<String> of(Path inside) throws IOException {
    for (Path folder = inside; folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.isDirectory(git)) {
        return head(git, git);
      }
      if (Files.isRegularFile(git)) { // a worktree
        String place = Files.readString(git).strip();
        if (place.startsWith(ELSEWHERE)) {
          Path own = folder.resolve(place.substring(ELSEWHERE.length()));
          Path common = own.resolve("commondir");
          return head(
              own, Files.exists(common) ? own.resolve(Files.readString(common).strip()) : own);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The commit of HEAD.
   *
   * @param own folder of the work tree, with its HEAD
   * @param common folder of all work trees, with the references
   */
  private static Optional<String> head(Path own, Path common) throws IOException {
    String head = Files.readString(own.resolve("HEAD")).strip();
    if (!head.startsWith(REFERENCE)) {
      return Optional.of(head);
    }
    String name = head.substring(REFERENCE.length());
    if (Files.exists(common.resolve(name))) {
      return Optional.of(Files.readString(common.resolve(name)).strip());
    }
    Path packed = common.resolve("packed-refs");
    return !Files.exists(packed)
        ? Optional.empty()
        : Files.readAllLines(packed).stream()
            .filter(line -> line.endsWith(" " + name))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst();
  }
}
