package dev.tandem.core.backend;

/**
 * An artifact of a Maven repository.
 *
 * @param classifier empty for the one of Java classes
 */
record Artifact(String group, String name, String version, String classifier) {

  /** As in {@code org.bytedeco:javacpp:1.5.13:linux-x86_64}: coordinates to paste. */
  @Override
  public String toString() {
    return group + ":" + name + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
  }
}
