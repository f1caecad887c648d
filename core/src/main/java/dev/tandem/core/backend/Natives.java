package dev.tandem.core.backend;

/**
 * ND4J's native library as loaded.
 *
 * @param name its platform and extension, "linux-x86_64-onednn-avx2" for example
 * @param buildInfo what it says of its own build, one fact a line
 */
record Natives(String name, String buildInfo) {

  boolean hasOneDnn() {
    return buildInfo.lines().anyMatch("HAVE_ONEDNN"::equals);
  }
}
