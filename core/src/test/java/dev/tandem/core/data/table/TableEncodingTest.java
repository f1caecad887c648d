package dev.tandem.core.data.table;

import static dev.tandem.core.data.table.TableColumn.category;
import static dev.tandem.core.data.table.TableColumn.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.MappedRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of tables as arrays, the same on other files, after a file of JSON, and one by one. */
class TableEncodingTest {

  private static final String HOUSES =
      """
      id,area,rooms,heating,sold,price
      1,50,2,gas,no,100
      2,70,,wood,yes,200
      3,90,4,gas,no,
      4,110,5,"oil, light",yes,400
      """;

  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .input(
              "features",
              number("area").standardized(),
              number("rooms").missing(Missing.median().flagged()),
              category("heating").oneHot().allowingUnknown())
          .input("kind", category("heating").allowingUnknown())
          .target("price", number("price").scaled().missing(Missing.mean().flagged()))
          .target("sold", category("sold"))
          .target("flag", category("sold").flag());

  @TempDir private Path folder;

  private CsvFile file(String text) throws IOException {
    Path path = folder.resolve("houses.csv");
    Files.writeString(path, text);
    return CsvFile.of(path);
  }

  private static float[] row(INDArray array, int row) {
    return array.getRow(row).toFloatVector();
  }

  @Test
  void rows_ofAllKindsOfColumns_areArrays() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    Dataset data = encoding.dataset(file(HOUSES));

    assertThat(data.size()).isEqualTo(4);
    assertThat(encoding.width("features")).isEqualTo(7);
    assertThat(encoding.categories("heating"))
        .containsExactly("gas", "oil, light", "wood", CategoryColumn.UNKNOWN);
    assertThat(row(data.input("features"), 1))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(-.4472136f, 4, 1, 0, 0, 1, 0);
    assertThat(row(data.input("features"), 3)).endsWith(5, 0, 0, 1, 0, 0);
    assertThat(data.input("kind").toIntVector()).containsExactly(0, 2, 0, 1);
    assertThat(data.target("price").shape()).containsExactly(4, 1);
    assertThat(data.target("price").toFloatVector())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(-1, -1 / 3f, -1 / 9f, 1);
    assertThat(data.target("weights:price").toFloatVector()).containsExactly(1, 1, 0, 1);
    assertThat(data.target("sold").toIntVector()).containsExactly(0, 1, 0, 1);
    assertThat(data.target("flag").toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0}, {1}, {0}, {1}});
    assertThat(encoding.notes()).containsExactly("not used: id");
  }

  @Test
  void anotherFile_isEncodedByTheFirst() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));

    Dataset other =
        encoding.dataset(
            file("rooms,price,sold,area,heating\n,300,no,80,sun\n1,500,yes,80,wood\n"));

    assertThat(row(other.input("features"), 0)).containsExactly(0, 4, 1, 0, 0, 0, 1);
    assertThat(other.input("kind").toIntVector()).containsExactly(3, 2);
    assertThat(other.target("price").toFloatVector())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1 / 3f, 5 / 3f);
  }

  @Test
  void encoding_savedAndLoaded_givesEqualBits() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    Path saved = folder.resolve("encoding.json");

    encoding.save(saved);
    TableEncoding loaded = TableEncoding.load(saved);

    Dataset expected = encoding.dataset(file(HOUSES));
    assertThat(loaded.columns()).isEqualTo(encoding.columns());
    assertThat(loaded.notes()).isEqualTo(encoding.notes());
    assertThat(loaded.dataset(file(HOUSES)).inputs()).isEqualTo(expected.inputs());
    assertThat(loaded.dataset(file(HOUSES)).targets()).isEqualTo(expected.targets());
    Path again = folder.resolve("again.json");
    loaded.save(again);
    assertThat(again).hasSameTextualContentAs(saved);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("encoding.json", "again.json", "houses.csv");
    }
  }

  @Test
  void fileOfTheFirstVersion_isRead() {
    TableEncoding loaded =
        TableEncoding.load(Path.of("src/test/resources/table/encoding-1.json").toAbsolutePath());

    Map<String, Object> row = new HashMap<>(Map.of("area", 100, "heating", "wood"));
    row.put("rooms", null);
    assertThat(row(loaded.inputs(row).get("features"), 0))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(.8944272f, 4, 1, 0, 0, 1, 0);
    assertThat(loaded.categories("sold")).containsExactly("no", "yes");
  }

  @Test
  void file_thatIsNoEncoding_isRefused() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    Path saved = folder.resolve("encoding.json");
    encoding.save(saved);
    String text = Files.readString(saved);

    assertLoad(saved, "{}", "is no encoding of a table; give what TableEncoding.save wrote");
    assertLoad(saved, text.replace("\"version\" : 1", "\"version\" : 2"), "version 2", "upgrade");
    assertLoad(saved, text.substring(0, text.length() / 2), "cannot be read", "is it whole?");
    assertLoad(saved, text.replace("\"shift\"", "\"shaft\""), "cannot be read", "shift");
    assertThatThrownBy(() -> TableEncoding.load(folder.resolve("none.json")))
        .hasMessageContaining("does not exist");
  }

  private static void assertLoad(Path file, String text, String... parts) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> TableEncoding.load(file))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void row_ofAMap_isAsInAFile() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    INDArray all = encoding.dataset(file(HOUSES)).input("features");

    Map<String, Object> row = new HashMap<>();
    row.put("area", 70);
    row.put("rooms", null);
    row.put("heating", "wood");
    row.put("color", "red");

    assertThat(row(encoding.inputs(row).get("features"), 0)).isEqualTo(row(all, 1));
    assertThat(encoding.inputs(row).get("kind").toIntVector()).containsExactly(2);
    assertThat(encoding.inputs(List.of(row, row)).get("features").shape()).containsExactly(2, 7);

    row.put("area", 70.25f);
    assertThat(row(encoding.inputs(row).get("features"), 0)[0])
        .isEqualTo(-9.75f / 22.36068f, within(1e-6f));
    row.put("area", Double.NaN);
    assertThatThrownBy(() -> encoding.inputs(row))
        .hasMessageStartingWith("the row, column \"area\": \"NaN\" is no number");
    row.remove("area");
    assertThatThrownBy(() -> encoding.inputs(List.of(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the row has no column \"area\"; it has [")
        .hasMessageEndingWith("give null for a missing value");
    row.put("area", null);
    assertThatThrownBy(() -> encoding.inputs(row))
        .hasMessageContainingAll(
            "column \"area\": the value is missing", "number(\"area\").missing");
  }

  /** The rows of the file as something else than a file gives them. */
  private static List<Map<String, Object>> maps() {
    List<Map<String, Object>> rows = new ArrayList<>();
    Object[][] values = {
      {1L, new BigDecimal("5E+1"), 2, "gas", "no", 100f},
      {2L, new BigDecimal("70.0"), null, "wood", "yes", 200f},
      {3L, new BigDecimal("90"), 4, "gas", "no", null},
      {4L, new BigDecimal("110"), 5, "oil, light", "yes", 400f},
    };
    for (Object[] row : values) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (String name : List.of("id", "area", "rooms", "heating", "sold", "price")) {
        map.put(name, row[map.size()]);
      }
      rows.add(map);
    }
    return rows;
  }

  @Test
  void rows_ofMaps_areFittedAndWrittenAsThoseOfAFile() throws IOException {
    TableEncoding encoding = SCHEMA.fit("the table", maps());
    assertThat(encoding.text()).isEqualTo(SCHEMA.fit(file(HOUSES)).text());

    MappedRows expected = encoding.mapped(file(HOUSES), folder.resolve("houses.bin"));
    byte[] written = new byte[4 * encoding.rowBytes()];
    ByteBuffer into = ByteBuffer.wrap(written).order(ByteOrder.nativeOrder());
    TableEncoding sent = TableEncoding.ofText(encoding.text());
    for (Map<String, Object> row : maps()) {
      sent.write(row, "row", into);
    }
    assertThat(written).isEqualTo(Files.readAllBytes(folder.resolve("houses.bin")));
    assertThat(expected.size()).isEqualTo(4);
  }

  @Test
  void row_ofMaps_thatIsNone_isNamed() {
    List<Map<String, Object>> rows = maps();
    rows.get(2).put("area", "large");
    assertThatThrownBy(() -> SCHEMA.fit("the table", rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("row 2 of the table, column \"area\": \"large\" is no number");
    rows.get(1).remove("sold");
    assertThatThrownBy(() -> SCHEMA.fit("the table", rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("row 1 of the table has no column \"sold\"");
    assertThatThrownBy(() -> SCHEMA.fit("the table", List.of()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("the table: has no rows");
  }

  @Test
  void numbers_decoded_areTheValues() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    Dataset data = encoding.dataset(file(HOUSES));

    List<? extends Map<String, Object>> rows = encoding.decode("features", data.input("features"));

    assertThat(rows.get(3).get("heating")).isEqualTo("oil, light");
    assertThat((double) rows.get(3).get("area")).isEqualTo(110, within(1e-4));
    assertThat((double) encoding.decode("price", data.target("price")).get(1).get("price"))
        .isEqualTo(200, within(1e-3));
    INDArray scores = Nd4j.createFromArray(new float[][] {{-1, 3}, {.7f, .3f}});
    assertThat(encoding.decode("sold", scores))
        .containsExactly(Map.of("sold", "yes"), Map.of("sold", "no"));
    assertThat(encoding.decode("flag", Nd4j.createFromArray(new float[][] {{.6f}, {.4f}})))
        .containsExactly(Map.of("sold", "yes"), Map.of("sold", "no"));
    assertThat(encoding.decode("kind", Nd4j.createFromArray(2, 3)))
        .containsExactly(Map.of("heating", "wood"), Map.of("heating", "(unknown)"));
    // what is decoded is encoded to the same
    List<Map<String, Object>> whole = new ArrayList<>();
    rows.forEach(row -> whole.add(new HashMap<>(row)));
    assertThat(encoding.inputs(whole).get("kind")).isEqualTo(data.input("kind"));
    assertThatThrownBy(() -> encoding.decode("sold", Nd4j.createFromArray(new float[3][3])))
        .hasMessage("rows of \"sold\" are (rows) of indices or (rows, 2) of scores, got (3, 3)");
    assertThatThrownBy(() -> encoding.decode("features", Nd4j.createFromArray(1f)))
        .hasMessage("rows of \"features\" are (rows, 7), got (1,)");
    assertThatThrownBy(() -> encoding.decode("cost", scores))
        .hasMessageContaining("\"cost\"; there");
  }

  @Test
  void rows_mapped_areTheSameBits() throws IOException {
    TableEncoding encoding = SCHEMA.fit(file(HOUSES));
    Path target = folder.resolve("rows.bin");

    MappedRows mapped = encoding.mapped(file(HOUSES), target);

    Dataset expected = encoding.dataset(file(HOUSES));
    assertThat(mapped.take(4).inputs()).isEqualTo(expected.inputs());
    assertThat(mapped.take(4).targets()).isEqualTo(expected.targets());
    CsvFile bad = file(HOUSES.replace("110", "eleven"));
    assertThatThrownBy(() -> encoding.mapped(bad, folder.resolve("other.bin")))
        .hasMessageContaining("line 5, column \"area\": \"eleven\" is no number");
    assertThat(folder.resolve("other.bin.part")).doesNotExist();
    assertThat(folder.resolve("other.bin")).doesNotExist();
  }

  @Test
  void split_bySeed_sharesTheRowsOut() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 50; i++) {
      text.append(i).append(",").append(i % 2).append("\n");
    }
    CsvFile file = file(text.toString());
    TableSchema schema = TableSchema.empty().input("x", number("x"));

    CsvFile.Parts parts = file.split(.8, 1);

    TableEncoding encoding = schema.fit(parts.first());
    float[] first = encoding.dataset(parts.first()).input("x").toFloatVector();
    float[] rest = encoding.dataset(parts.rest()).input("x").toFloatVector();
    assertThat(first).hasSize(40);
    assertThat(boxed(rest)).hasSize(10).doesNotContainAnyElementsOf(boxed(first));
    assertThat(encoding.dataset(file.split(.8, 1).rest()).input("x").toFloatVector())
        .isEqualTo(rest);
    assertThat(encoding.dataset(file.split(.8, 2).rest()).input("x").toFloatVector())
        .isNotEqualTo(rest);
    assertThat(parts.first().split(.5, 3).first().size()).isEqualTo(20);
    assertThatThrownBy(() -> file.split(.001, 1)).hasMessageContaining("without rows");
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>();
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  @Test
  void rows_writtenAndRead_areTheSame() {
    CsvFile file =
        CsvFile.of(folder.resolve("out.csv"))
            .delimiter(';')
            .withDecimalComma()
            .charset(StandardCharsets.UTF_16);
    Map<String, Object> odd = new HashMap<>(Map.of("x", -1e-7, "name", "a \"b\";\nc"));
    odd.put("n", null);

    file.write(List.of(Map.of("x", 3.5, "name", "ö", "n", 1), odd));

    TableSchema schema =
        TableSchema.empty()
            .input("x", number("x"), number("n").missing(Missing.constant(7)))
            .input("name", category("name"));
    TableEncoding encoding = schema.fit(file);
    assertThat(encoding.categories("name")).containsExactly("a \"b\";\nc", "ö");
    assertThat(encoding.dataset(file).input("x").toFloatMatrix())
        .isDeepEqualTo(new float[][] {{3.5f, 1}, {-1e-7f, 7}});
    assertThatThrownBy(() -> file.write(List.of(Map.of("x", 1), Map.of("y", 1))))
        .hasMessage("row 1 has the columns [y], and those of the file are [x]");
    assertThatThrownBy(() -> file.write(List.of())).hasMessageContaining("there are no rows");
  }

  @Test
  void categories_ofWholeNumbers_areInTheirOrder() throws IOException {
    TableSchema schema = TableSchema.empty().input("c", category("c"));

    assertThat(schema.fit(file("c\n10\n9\n-1\n9\n")).categories("c"))
        .containsExactly("-1", "9", "10");
    assertThat(schema.fit(file("c\n10\n9\nx\n")).categories("c")).containsExactly("10", "9", "x");
    TableEncoding given =
        TableSchema.empty()
            .input("c", category("c").of("low", "high").missing(Missing.constant("none")))
            .fit(file("c,d\nhigh,\n,\nnone,\n"));
    assertThat(given.categories("c")).containsExactly("low", "high", "none");
    assertThat(Arrays.toString(given.dataset(file("c,d\nhigh,\n,\n")).input("c").toIntVector()))
        .isEqualTo("[1, 2]");
    assertThatThrownBy(() -> given.categories("d"))
        .hasMessageContaining("no categories are called \"d\"");
  }
}
