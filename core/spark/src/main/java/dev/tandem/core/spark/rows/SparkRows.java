package dev.tandem.core.spark.rows;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.RowSource;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of an RDD or a table, written once to a folder that all executors see. Each worker copies
 * them to its own disk, where they are mapped into memory, and so takes them as any other rows: one
 * order from one seed, of which it is dealt its batches, however many workers there are.
 *
 * <pre>{@code
 * SparkRows rows =
 *     SparkRows.write(rdd, "hdfs:///runs/7/rows", Column.input("x", DataType.FLOAT, Shape.of(8)));
 * SparkWorkers.of(spark).count(8).run(worker -> train(worker, rows.open()));
 * }</pre>
 *
 * <p>Rows are numbered through the partitions in their order. Those of files so have the same
 * numbers in however many partitions they are read; behind a shuffle, Spark may give rows in
 * another order each time, and those written once are what a resumed run goes on with. Programs of
 * workers may hold this: it is a name, not the rows.
 */
public final class SparkRows implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(SparkRows.class);

  private final SharedFolder folder;

  private SparkRows(SharedFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes rows of numbers.
   *
   * @param rows each the numbers of all columns, one behind the other; of an integer column they
   *     are whole
   * @param folder of any file system of Hadoop, as {@code hdfs:///rows}, {@code s3a://bucket/rows}
   *     or a folder of a disk that all machines share; made if need be
   * @param columns of a row, at least one
   * @throws UnwritableRowException if a row is none that the columns hold; names row and partition
   * @throws DataFileException if there are rows in the folder already, it cannot be written, or
   *     there are none to write
   */
  public static SparkRows write(JavaRDD<float[]> rows, String folder, Column... columns) {
    return write(rows, folder, new NumberRows(List.of(columns)), columns);
  }

  /**
   * Writes rows of any kind, as pictures that are bytes.
   *
   * @param rows to be written
   * @param folder as above
   * @param writer makes bytes of a row
   * @param columns of a row, at least one
   * @throws UnwritableRowException if the writer refuses a row; names row and partition
   * @throws DataFileException as above
   */
  public static <T> SparkRows write(
      JavaRDD<T> rows, String folder, RowWriter<T> writer, Column... columns) {
    ImmutableList<Column> all = ImmutableList.copyOf(columns);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("rows need at least one column");
    }
    SharedFolder shared = new SharedFolder(folder, rows.context().hadoopConfiguration());
    if (shared.hasManifest()) {
      throw new DataFileException(
          folder,
          "holds rows already; go on with them by SparkRows.at, give another folder, or delete it");
    }
    shared.make();
    RowsManifest manifest = new RowsManifest(all, written(rows, shared, writer, all));
    if (manifest.parts().isEmpty()) {
      throw new DataFileException(folder, "gets no rows: the RDD has none");
    }
    if (manifest.rows() > Integer.MAX_VALUE) {
      throw new DataFileException(
          folder,
          String.format(
              Locale.ROOT,
              "would get %,d rows, and a source has up to %,d; take a part of them",
              manifest.rows(),
              Integer.MAX_VALUE));
    }
    shared.publish(
        manifest,
        manifest.parts().stream().map(RowsManifest.Part::file).collect(Collectors.toSet()));
    SparkRows result = new SparkRows(shared);
    LOG.info("{}", result.summary(manifest));
    return result;
  }

  private static <T> ImmutableList<RowsManifest.Part> written(
      JavaRDD<T> rows, SharedFolder folder, RowWriter<T> writer, ImmutableList<Column> columns) {
    PartWriting<T> writing = new PartWriting<>(folder, writer, RowsManifest.rowBytes(columns));
    List<PartWriting.Written> written;
    try {
      written = new ArrayList<>(rows.mapPartitionsWithIndex(writing, true).collect());
    } catch (Exception e) { // Scala's, which Java does not see declared
      throw failure(folder.path(), e);
    }
    written.sort(Comparator.comparingInt(PartWriting.Written::partition));
    return written.stream()
        .map(part -> new RowsManifest.Part(part.file(), part.rows(), part.digest()))
        .collect(ImmutableList.toImmutableList());
  }

  /** What a job failed of: a row, if it was one. */
  private static RuntimeException failure(String folder, Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnwritableRowException row) {
        return new UnwritableRowException(folder + ": " + row.getMessage(), error);
      }
    }
    return error instanceof SparkException
        ? new DataFileException(
            folder,
            "gets no rows: the job that writes them failed (" + error.getMessage() + ")",
            error)
        : error instanceof RuntimeException runtime ? runtime : new IllegalStateException(error);
  }

  /**
   * Rows that were written before.
   *
   * @throws DataFileException if there are none in the folder
   */
  public static SparkRows at(JavaSparkContext spark, String folder) {
    return at(spark.hadoopConfiguration(), folder);
  }

  static SparkRows at(Configuration configuration, String folder) {
    SharedFolder shared = new SharedFolder(folder, configuration);
    RowsManifest manifest = shared.manifest();
    SparkRows rows = new SparkRows(shared);
    LOG.info("{}", rows.summary(manifest));
    return rows;
  }

  private String summary(RowsManifest manifest) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows of %,d bytes; each machine of a worker needs %.1f MB of disk for them",
        folder.path(),
        manifest.rows(),
        manifest.rowBytes(),
        manifest.rows() * (double) manifest.rowBytes() / 1e6);
  }

  /** The number of rows. */
  public long size() {
    return folder.manifest().rows();
  }

  /** The columns of a row. */
  public ImmutableList<Column> columns() {
    return folder.manifest().columns();
  }

  /** The bytes of all rows, which each machine of a worker needs on its disk. */
  public long bytes() {
    RowsManifest manifest = folder.manifest();
    return manifest.rows() * manifest.rowBytes();
  }

  /**
   * The rows, for a worker: copied to a folder of this process's own on the disk that Spark uses
   * for its blocks, once however many workers are threads of it, and gone with it.
   *
   * @throws DataFileException if there is no room for them; says how much they need. Also if they
   *     cannot be read, or are not what was written
   */
  public RowSource open() {
    return RowsCopy.open(folder, RowsCopy.Place.ofSpark());
  }

  /**
   * The same with the copy in a folder of this machine, where it stays and is used again.
   *
   * @param directory of a disk of this machine; made if need be
   * @throws DataFileException as above
   */
  public RowSource openIn(Path directory) {
    return RowsCopy.open(folder, RowsCopy.Place.kept(directory));
  }

  /** Its folder. */
  @Override
  public String toString() {
    return folder.path();
  }
}
