package dev.tandem.core.spark.rows;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** A folder of a file system of Hadoop, as the driver and all executors see it. */
final class SharedFolder implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final String MANIFEST = "rows.json";
  private static final String ENDING = ".rows";

  private final String path;
  private final SerializableConfiguration configuration;

  SharedFolder(String path, Configuration configuration) {
    this.path = path;
    this.configuration = new SerializableConfiguration(configuration);
  }

  /** Does something with files; where it fails, the error names the folder. */
  @FunctionalInterface
  private interface Use<T> {
    T of(FileSystem files, Path folder) throws IOException;
  }

  private <T> T with(Use<T> use) {
    try {
      Path folder = new Path(path);
      return use.of(folder.getFileSystem(configuration.value()), folder);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataFileException(
          path,
          "cannot be used by "
              + (e instanceof IOException ? "this process" : "Hadoop's file systems")
              + " ("
              + e
              + "); give a folder that the driver and all executors see and may write to, as"
              + " hdfs:///rows or s3a://bucket/rows",
          e);
    }
  }

  String path() {
    return path;
  }

  boolean hasManifest() {
    return with((files, folder) -> files.exists(new Path(folder, MANIFEST)));
  }

  RowsManifest manifest() {
    if (!hasManifest()) {
      throw new DataFileException(
          path,
          "holds no rows ("
              + MANIFEST
              + " is not there); write them first, by SparkRows.write, in a job that comes to its"
              + " end");
    }
    String text =
        with(
            (files, folder) -> {
              try (InputStream in = files.open(new Path(folder, MANIFEST))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
              }
            });
    return RowsManifest.ofJson(path + "/" + MANIFEST, text);
  }

  /** Writes what there is, when all parts are there, and deletes parts that are none of it. */
  void publish(RowsManifest manifest, Set<String> parts) {
    with(
        (files, folder) -> {
          for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.endsWith(ENDING) && !parts.contains(name)) {
              files.delete(status.getPath(), false);
            }
          }
          Path draft = new Path(folder, MANIFEST + ".new");
          try (OutputStream out = files.create(draft, true)) {
            out.write(manifest.toJson().getBytes(StandardCharsets.UTF_8));
          }
          if (!files.rename(draft, new Path(folder, MANIFEST))) {
            throw new IOException(draft + " could not be renamed");
          }
          return true;
        });
  }

  /** Makes the folder, to see before a job whether that can be done. */
  void make() {
    with(
        (files, folder) -> {
          if (!files.mkdirs(folder)) {
            throw new IOException("it could not be made");
          }
          return true;
        });
  }

  /**
   * A new part.
   *
   * @param attempt of the task that writes it, so that another one does not write to the same file
   */
  static String part(int index, long attempt) {
    return "part-" + index + "-" + attempt + ENDING;
  }

  OutputStream create(String name) {
    return with((files, folder) -> files.create(new Path(folder, name), true));
  }

  InputStream open(String name) {
    return with((files, folder) -> files.open(new Path(folder, name)));
  }
}
