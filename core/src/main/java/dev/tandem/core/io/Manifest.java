package dev.tandem.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;

/**
 * The description in a directory, checked: what was saved, and where which array lies.
 *
 * @param arraysFile the name of the file of arrays
 * @param arraysLength the bytes of that file
 * @param arrays in the order in which others count them
 * @param content all the rest
 */
record Manifest(
    String arraysFile, long arraysLength, ImmutableList<ArrayEntry> arrays, Fields content) {

  static final String FILE = "manifest.json";

  /** The value of the entry {@code format}. */
  static final String FORMAT = "tandem";

  /** The newest version of the format that this library reads, and the one that it writes. */
  static final int VERSION = 1;

  /**
   * Reads a text.
   *
   * @param nextStep how messages end
   * @throws DataFileException if it is no whole manifest of a version up to {@link #VERSION}
   */
  static Manifest parse(String directory, String text, String nextStep) {
    JsonNode json;
    try {
      json = ManifestText.parse(text);
    } catch (JsonProcessingException e) {
      throw new DataFileException(
          directory, FILE + " is no sound JSON (" + e.getOriginalMessage() + "); " + nextStep, e);
    }
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new DataFileException(
          directory,
          "is not a Tandem directory: "
              + FILE
              + " has no entry \"format\" that says \""
              + FORMAT
              + "\"");
    }
    Fields root = Fields.of(directory, json);
    if (root.number("version") > VERSION) {
      throw new DataFileException(
          directory,
          "was written by format "
              + root.number("version")
              + " (Tandem "
              + root.text("library")
              + "); this library reads up to "
              + VERSION
              + "; upgrade it");
    }
    if (!ManifestText.isSealed(text)) {
      throw new DataFileException(
          directory, FILE + " was changed after it was written: its checksum differs; " + nextStep);
    }
    return of(root);
  }

  private static Manifest of(Fields root) {
    Fields file = root.object("arrays");
    ImmutableList<ArrayEntry> arrays =
        file.objects("list").stream().map(ArrayEntry::of).collect(ImmutableList.toImmutableList());
    String name = file.text("file");
    if (!Slot.isName(name)) {
      throw root.damaged("arrays are in \"" + name + "\", which is no file of this directory");
    }
    long length = file.number("length");
    for (ArrayEntry array : arrays) {
      if (array.end() > length) {
        throw file.damaged(
            "array \"" + array.name() + "\" ends at " + array.end() + " of " + length + " bytes");
      }
    }
    return new Manifest(name, length, arrays, root);
  }
}
