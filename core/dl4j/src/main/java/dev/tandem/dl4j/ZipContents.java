package dev.tandem.dl4j;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The entries of a zip of DL4J's ModelSerializer. */
final class ZipContents implements AutoCloseable {

  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";
  static final String UPDATER = "updaterState.bin";
  static final String NORMALIZER = "normalizer.bin";

  /** More than any configuration of a net has: what is longer is something else. */
  private static final int LONGEST_TEXT = 64 << 20;

  private final ZipFile zip;
  private final Problems problems;

  private ZipContents(ZipFile zip, Problems problems) {
    this.zip = zip;
    this.problems = problems;
  }

  static ZipContents open(Path file, Problems problems) {
    if (!Files.exists(file)) {
      throw problems.fail("is not there; give the zip that ModelSerializer or net.save wrote");
    }
    if (Files.isDirectory(file)) {
      throw problems.fail("is a folder; give the zip that ModelSerializer or net.save wrote");
    }
    try {
      ZipContents contents = new ZipContents(new ZipFile(file.toFile()), problems);
      try {
        contents.requireNet();
      } catch (RuntimeException e) {
        contents.close();
        throw e;
      }
      return contents;
    } catch (ZipException e) {
      throw problems.fail(
          "is no whole zip file ("
              + e.getMessage()
              + "); DL4J's ModelSerializer writes zips: copy the file again, or save the net"
              + " again");
    } catch (IOException e) {
      throw problems.fail("cannot be read (" + e + ")");
    }
  }

  private void requireNet() {
    if (!has(CONFIGURATION)) {
      List<String> names = zip.stream().map(ZipEntry::getName).limit(8).toList();
      throw problems.fail(
          "holds no "
              + CONFIGURATION
              + ", as zips of DL4J's ModelSerializer do, but "
              + (names.isEmpty() ? "nothing" : names)
              + "; give a net that MultiLayerNetwork or ComputationGraph saved");
    }
    if (!has(COEFFICIENTS)) {
      throw problems.fail("holds no " + COEFFICIENTS + ", the parameters; save the net again");
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** A whole text. */
  String text(String name) {
    try (DataInputStream in = stream(name)) {
      byte[] bytes = in.readNBytes(LONGEST_TEXT + 1);
      if (bytes.length > LONGEST_TEXT) {
        throw problems.fail(name + " is longer than 64 MiB, which no configuration is");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  /** The bytes of an entry, from its first on. */
  DataInputStream stream(String name) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(zip.getInputStream(zip.getEntry(name)), 1 << 16));
  }

  /** An error for an entry that cannot be read to its end. */
  RuntimeException broken(String name, IOException error) {
    String why = error instanceof EOFException ? "ends too early" : error.getMessage();
    return problems.fail(
        name + " is damaged (" + why + "); copy the file again, or save the net again");
  }

  /** The kind of a saved normalizer, as in {@code STANDARDIZE}; empty if the file does not say. */
  String normalizer() {
    try (DataInputStream in = stream(NORMALIZER)) {
      boolean known = in.readUTF().equals("NORMALIZER");
      in.readInt(); // the version of its format
      String kind = known ? in.readUTF() : "";
      return kind.matches("[A-Z_]{1,40}") ? kind : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw problems.fail("cannot be closed (" + e + ")");
    }
  }
}
