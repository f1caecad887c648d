package dev.tandem.core.io;

import java.util.Objects;

/** The version of this library, for files to tell who wrote them. */
final class LibraryVersion {

  /** As the jar says, or {@code development} outside a jar. */
  static final String CURRENT =
      Objects.requireNonNullElse(
          LibraryVersion.class.getPackage().getImplementationVersion(), "development");

  private LibraryVersion() {}
}
