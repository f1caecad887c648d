package dev.tandem.core.data;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.CountingInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Arrays in a file of NumPy: one, or several by name in an {@code npz}, compressed or not.
 *
 * @param path the file
 * @param headers of the arrays by name; of a file with one array its name is empty
 */
public record NumpyFile(Path path, ImmutableMap<String, NumpyHeader> headers) {

  private static final String ENDING = ".npy";

  /** Takes the rows of an array. */
  @FunctionalInterface
  public interface Rows {

    /**
     * A row.
     *
     * @param index from 0
     * @param row its bytes in the array's order, valid until the next one
     */
    void take(long index, ByteBuffer row) throws IOException;
  }

  /**
   * Reads the headers of a file with one array.
   *
   * @throws DataFileException if it is no such file, or holds no plain numbers
   */
  public static NumpyFile ofArray(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return new NumpyFile(path, ImmutableMap.of("", NumpyHeader.read(in)));
    } catch (IOException e) {
      throw failed(path, "", e);
    }
  }

  /**
   * Reads the headers of a file with several arrays.
   *
   * @throws DataFileException if it is no such file, holds none, or no plain numbers
   */
  public static NumpyFile ofArchive(Path path) {
    Map<String, NumpyHeader> headers = new LinkedHashMap<>();
    String at = "";
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().endsWith(ENDING)) {
          at = entry.getName();
          try (CountingInputStream in =
              new CountingInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
            NumpyHeader header = NumpyHeader.read(in);
            if (entry.getSize() - in.getCount() < header.length() * header.bytes()) {
              throw new EOFException("shorter than its shape " + header.shape());
            }
            headers.put(at.substring(0, at.length() - ENDING.length()), header);
          }
        }
      }
    } catch (IOException e) {
      throw failed(path, at, e);
    }
    if (headers.isEmpty()) {
      throw new DataFileException(
          path.toString(),
          "is a ZIP archive without arrays of NumPy; if it holds pictures, unpack it and give the"
              + " folder");
    }
    return new NumpyFile(path, ImmutableMap.copyOf(headers));
  }

  private static DataFileException failed(Path path, String array, IOException e) {
    String what = array.isEmpty() ? "" : " of its array " + array;
    return new DataFileException(
        path.toString(),
        "cannot be read" + what + ": " + (e instanceof EOFException ? "it is cut" : e.getMessage()),
        e);
  }

  /**
   * Reads an array from its begin to its end.
   *
   * @param name one of {@link #headers}
   * @throws DataFileException if it is cut
   */
  public void read(String name, Rows rows) {
    NumpyHeader header = Objects.requireNonNull(headers.get(name));
    try (ZipFile zip = name.isEmpty() ? null : new ZipFile(path.toFile());
        InputStream in =
            new BufferedInputStream(
                zip == null
                    ? Files.newInputStream(path)
                    : zip.getInputStream(zip.getEntry(name + ENDING)))) {
      NumpyHeader.read(in);
      byte[] row = new byte[Math.toIntExact(header.rowLength() * header.bytes())];
      ByteBuffer buffer = ByteBuffer.wrap(row).order(header.order());
      for (long i = 0; i < header.rows(); i++) {
        int read = in.readNBytes(row, 0, row.length);
        if (read < row.length) {
          throw new IOException("it is cut in row " + i + " of " + header.rows());
        }
        rows.take(i, buffer);
      }
    } catch (IOException e) {
      throw failed(path, name, e);
    }
  }
}
