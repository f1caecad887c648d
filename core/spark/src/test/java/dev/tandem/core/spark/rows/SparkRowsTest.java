package dev.tandem.core.spark.rows;

import static dev.tandem.core.data.table.TableColumn.category;
import static dev.tandem.core.data.table.TableColumn.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.data.table.CsvFile;
import dev.tandem.core.data.table.Missing;
import dev.tandem.core.data.table.TableEncoding;
import dev.tandem.core.data.table.TableSchema;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows of RDDs and tables on their way to workers. */
class SparkRowsTest {

  private static final Column X = Column.input("x", DataType.FLOAT, Shape.of(2));
  private static final Column LABEL = Column.target("label", DataType.INT32, Shape.scalar());
  private static final int ROWS = 23;

  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false") // compiling takes longer than rows
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.task.maxFailures", "1")
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private String folder(String name) {
    return "file://" + directory.resolve(name);
  }

  private static List<float[]> numbers() {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new float[] {i, -i / 3f, i % 5});
    }
    return rows;
  }

  private static List<String> read(DataSource data, Batching batching) {
    List<String> all = new ArrayList<>();
    try (BatchIterator batches = data.batches(batching, BatchPosition.START, 2).prefetched()) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        all.add(
            Arrays.toString(batch.input("x").ravel().toFloatVector())
                + Arrays.toString(batch.target("label").toIntVector()));
      }
    }
    return all;
  }

  @Test
  void rdd_inAnyNumberOfPartitions_isOneOrderDealtToAnyNumberOfWorkers() {
    Batching batching = Batching.of(2).shuffled(4).droppingRemainder();
    List<String> expected = new ArrayList<>();
    for (int partitions : new int[] {1, 3, 25}) { // two of 25 are empty
      JavaRDD<float[]> rdd = spark.parallelize(numbers(), partitions);
      SparkRows rows = SparkRows.write(rdd, folder("rows-" + partitions), X, LABEL);
      assertThat(rows.size()).isEqualTo(ROWS);
      assertThat(rows.bytes()).isEqualTo(ROWS * 12);
      List<String> all = read(rows.open(), batching);
      expected = expected.isEmpty() ? all : expected;
      assertThat(all).hasSize(22).isEqualTo(expected);
    }
    SparkRows again = SparkRows.at(spark, folder("rows-3"));
    assertThat(again.columns()).containsExactly(X, LABEL);
    for (int count = 1; count <= 4; count++) {
      List<List<String>> dealt =
          Workers.threads(count)
              .call(worker -> read(again.open(), batching.dealt(worker.rank(), worker.count())));
      List<String> together = new ArrayList<>();
      for (int i = 0; i < dealt.get(0).size(); i++) {
        for (List<String> one : dealt) {
          together.add(one.get(i));
        }
      }
      int each = 11 / count * count;
      List<String> all = new ArrayList<>(expected.subList(0, each));
      all.addAll(expected.subList(11, 11 + each));
      assertThat(together).isEqualTo(all);
    }
  }

  @Test
  void copy_onADiskOfTheMachine_staysOrGoesAsIsAsked() throws IOException {
    SparkRows rows = SparkRows.write(spark.parallelize(numbers(), 2), folder("rows"), X, LABEL);
    Path kept = directory.resolve("kept");
    RowSource data = rows.openIn(kept);
    assertThat(data.rows(22).input("x").toFloatMatrix()[0]).containsExactly(22, -22 / 3f);
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files).hasSize(1);
    }
    assertThat(rows.openIn(kept)).isSameAs(data);
    rows.open();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("rows-") && name.endsWith(".part"));
    }
  }

  @Test
  void pictures_ofBytes_areScaledInBatches() {
    JavaRDD<byte[]> rdd = spark.parallelize(List.of(new byte[] {0, (byte) 255}), 1);
    Column pixels =
        Column.input("x", DataType.UINT8, Shape.of(2, 1)).scaled(PixelRange.MINUS_ONE_TO_ONE);
    SparkRows rows = SparkRows.write(rdd, folder("pictures"), (row, into) -> into.put(row), pixels);
    assertThat(rows.columns()).containsExactly(pixels);
    assertThat(rows.open().rows(0).input("x").ravel().toFloatVector()).containsExactly(-1, 1);
  }

  @Test
  void rows_thatAreNone_areNamedWithTheirPlace() {
    JavaRDD<float[]> rdd =
        spark.parallelize(List.of(new float[] {1, 2, 3}, new float[] {1, 2, .5f}), 2);
    assertThatThrownBy(() -> SparkRows.write(rdd, folder("a"), X, LABEL))
        .isInstanceOf(UnwritableRowException.class)
        .hasMessage(
            folder("a")
                + ": row 0 of partition 1 holds 0.5, and target \"label\" takes whole numbers that"
                + " INT holds");
    assertThatThrownBy(() -> SparkRows.write(rdd, folder("b"), X))
        .isInstanceOf(UnwritableRowException.class)
        .hasMessageContaining("of partition ")
        .hasMessageContaining("has 3 numbers, and its columns 2: [input \"x\"]");
    assertThatThrownBy(
            () -> SparkRows.write(rdd, folder("c"), (row, into) -> into.putFloat(row[0]), X))
        .isInstanceOf(UnwritableRowException.class)
        .hasMessageContaining("was written as 4 bytes, and its columns have 8");
    assertThatThrownBy(() -> SparkRows.at(spark, folder("a")))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds no rows (rows.json is not there)");
    assertThatThrownBy(() -> SparkRows.write(spark.<float[]>emptyRDD(), folder("d"), X, LABEL))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("gets no rows");
  }

  @Test
  void folder_thatCannotBeUsed_isNamed() throws IOException {
    JavaRDD<float[]> rdd = spark.parallelize(numbers(), 1);
    SparkRows.write(rdd, folder("rows"), X, LABEL);
    assertThatThrownBy(() -> SparkRows.write(rdd, folder("rows"), X, LABEL))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds rows already");
    assertThatThrownBy(() -> SparkRows.write(rdd, "nowhere://x/y", X, LABEL))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith("nowhere://x/y: cannot be used")
        .hasMessageContaining("hdfs:///rows");
    try (Stream<Path> files = Files.list(directory.resolve("rows"))) {
      files.filter(file -> file.toString().endsWith(".rows")).forEach(SparkRowsTest::damage);
    }
    SparkRows damaged = SparkRows.at(spark, folder("rows"));
    assertThatThrownBy(damaged::open)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("part-0-");
  }

  private static void damage(Path part) {
    try {
      byte[] bytes = Files.readAllBytes(part);
      bytes[5] ^= 1;
      Files.write(part, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final StructType FLATS =
      new StructType()
          .add("area", DataTypes.DoubleType)
          .add("heating.kind", DataTypes.StringType)
          .add("sold", DataTypes.BooleanType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("built", DataTypes.DateType);

  private Dataset<Row> flats() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(
          RowFactory.create(
              i % 7 == 3 ? null : 50.5 + i,
              i % 2 == 0 ? "gas" : "wood",
              i % 3 == 0,
              java.math.BigDecimal.valueOf(1000L + i, 2),
              java.sql.Date.valueOf("2020-01-01")));
    }
    String path = folder("flats.parquet");
    session.createDataFrame(rows, FLATS).repartition(3).write().parquet(path);
    return session.read().parquet(path).orderBy("price");
  }

  @Test
  void parquet_byASchema_isWhatItsCsvWouldBe() throws IOException {
    Dataset<Row> flats = flats();
    TableSchema schema =
        TableSchema.empty()
            .input(
                "x",
                number("area").standardized().missing(Missing.median()),
                category("heating.kind").oneHot())
            .target("label", category("sold"));
    TableEncoding encoding = SparkTables.fit(flats, schema);
    SparkRows rows = SparkTables.write(flats, folder("encoded"), encoding);

    StringBuilder csv = new StringBuilder("area,heating.kind,sold\n");
    flats
        .drop("built")
        .collectAsList()
        .forEach(
            row ->
                csv.append(row.isNullAt(0) ? "" : row.get(0))
                    .append(',')
                    .append(row.get(1))
                    .append(',')
                    .append(row.get(2))
                    .append('\n'));
    Path file = directory.resolve("flats.csv");
    Files.writeString(file, csv);
    TableEncoding ofFile = schema.fit(CsvFile.of(file));
    assertThat(encoding.text()).isEqualTo(ofFile.text());
    Batching batching = Batching.of(4).shuffled(1);
    assertThat(read(rows.open(), batching))
        .isEqualTo(read(ofFile.dataset(CsvFile.of(file)), batching));
  }

  @Test
  void parquet_ofColumnsAsTheyAre_isArrays() {
    Dataset<Row> table =
        flats()
            .na()
            .drop()
            .select(
                functions.array(functions.col("area"), functions.col("price")).as("x"),
                functions.col("sold").as("label"));
    SparkRows rows = SparkTables.write(table, folder("plain"), X, LABEL);
    assertThat(rows.size()).isEqualTo(17);
    assertThat(rows.open().rows(0).input("x").toFloatMatrix()[0]).containsExactly(50.5f, 10);
    assertThat(rows.open().rows(0).target("label").toIntVector()).containsExactly(1);
  }

  @Test
  void parquet_thatDoesNotFit_isNamedByColumnTypeAndRow() {
    Dataset<Row> flats = flats();
    assertThatThrownBy(() -> SparkTables.fit(flats, TableSchema.empty().input("x", number("size"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the table has no column \"size\"; it has [area, heating.kind");
    assertThatThrownBy(
            () -> SparkTables.fit(flats, TableSchema.empty().input("x", number("built"))))
        .hasMessageContaining("column \"built\" is of type date")
        .hasMessageContaining("year(col(\"built\"))");
    assertThatThrownBy(
            () -> SparkTables.fit(flats, TableSchema.empty().input("x", number("heating.kind"))))
        .hasMessageContaining("row 0 of the table, column \"heating.kind\": \"gas\" is no number");
    TableSchema area = TableSchema.empty().input("x", number("area"));
    TableEncoding encoding = SparkTables.fit(flats.na().drop(), area);
    assertThatThrownBy(() -> SparkTables.write(flats.coalesce(1), folder("e"), encoding))
        .isInstanceOf(UnwritableRowException.class)
        .hasMessageContaining(
            "row 3 of partition 0 as a row of the table, column \"area\": the value is missing");
    Column single = Column.input("area", DataType.FLOAT, Shape.scalar());
    assertThatThrownBy(() -> SparkTables.write(flats.coalesce(1), folder("f"), single))
        .hasMessageContaining("row 3 of partition 0 column \"area\" has no value");
    Column kind = Column.input("heating.kind", DataType.FLOAT, Shape.scalar());
    assertThatThrownBy(() -> SparkTables.write(flats.coalesce(1), folder("g"), kind))
        .hasMessageContaining("holds a String, which is no number");
  }
}
