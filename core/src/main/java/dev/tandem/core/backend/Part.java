package dev.tandem.core.backend;

import java.util.Optional;

/**
 * An artifact that a backend is made of, and what of it is on the class path.
 *
 * @param artifact the one that this library is tested with
 * @param found the version on the class path; empty if there is none, "?" if it does not say
 */
record Part(Artifact artifact, Optional<String> found) {

  boolean isMissing() {
    return found.isEmpty();
  }

  /** Whether another version is there than the one that this library is tested with. */
  boolean isOther() {
    return found.isPresent() && !found.get().equals("?") && !found.get().equals(artifact.version());
  }
}
