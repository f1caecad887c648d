package dev.tandem.core.io;

import java.util.Objects;

/** The version of this library, for files to tell who wrote them. */
public final class LibraryVersion {

  /** As the jar says, or {@code development} outside a jar. */
  public static final String CURRENT =
      Objects.requireNonNullElse(
          LibraryVersion.class.getPackage().getImplementationVersion(), "development");

  private LibraryVersion() {}
}
