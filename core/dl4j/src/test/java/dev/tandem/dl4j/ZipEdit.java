package dev.tandem.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A zip with entries that can be changed. */
final class ZipEdit {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  static ZipEdit of(Path file) {
    ZipEdit edit = new ZipEdit();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        edit.entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return edit;
  }

  byte[] get(String name) {
    return entries.get(name);
  }

  ZipEdit put(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  ZipEdit without(String name) {
    entries.remove(name);
    return this;
  }

  /** Another configuration. */
  ZipEdit replace(String from, String to) {
    String text = new String(get(ZipContents.CONFIGURATION), StandardCharsets.UTF_8);
    String other = text.replaceAll(from, to);
    if (other.equals(text)) {
      throw new IllegalArgumentException("nothing like " + from + " in " + text);
    }
    return put(ZipContents.CONFIGURATION, other.getBytes(StandardCharsets.UTF_8));
  }

  /** Parameters whose header says this, and behind it so many zeros. */
  ZipEdit coefficients(String mode, long length, String type, int bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(all)) {
      out.writeUTF("LONG_SHAPE");
      out.writeLong(8);
      out.writeUTF("LONG");
      for (long each : new long[] {2, 1, length, length, 1, 0, 1, 'c'}) {
        out.writeLong(each);
      }
      out.writeUTF(mode);
      out.writeLong(length);
      out.writeUTF(type);
      out.write(new byte[bytes]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return put(ZipContents.COEFFICIENTS, all.toByteArray());
  }

  Path write(Path file) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
