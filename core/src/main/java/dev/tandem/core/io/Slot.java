package dev.tandem.core.io;

import com.google.common.collect.ImmutableSet;

/**
 * One of the two names of the file of arrays. A save writes the one that the manifest in place does
 * not name, so that what is in place stays whole until the manifest is replaced.
 */
enum Slot {
  FIRST("arrays-0.bin"),
  SECOND("arrays-1.bin");

  private final String fileName;

  Slot(String fileName) {
    this.fileName = fileName;
  }

  String fileName() {
    return fileName;
  }

  static boolean isName(String fileName) {
    return names().contains(fileName);
  }

  static ImmutableSet<String> names() {
    return ImmutableSet.of(FIRST.fileName, SECOND.fileName);
  }

  /** The one that is not named so. */
  static Slot otherThan(String fileName) {
    return fileName.equals(FIRST.fileName) ? SECOND : FIRST;
  }
}
