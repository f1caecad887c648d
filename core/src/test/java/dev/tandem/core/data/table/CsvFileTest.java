package dev.tandem.core.data.table;

import static dev.tandem.core.data.table.TableColumn.category;
import static dev.tandem.core.data.table.TableColumn.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as they come, and what is said of those that are wrong. */
class CsvFileTest {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("t.csv");
  }

  private CsvFile file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private CsvFile file(byte[] bytes) throws IOException {
    Files.write(path, bytes);
    return CsvFile.of(path);
  }

  private static float[] numbers(CsvFile file, String column) {
    return TableSchema.empty()
        .input("x", number(column))
        .fit(file)
        .dataset(file)
        .input("x")
        .toFloatVector();
  }

  @Test
  void files_writtenInManyWays_areRead() throws IOException {
    assertThat(numbers(file("\uFEFFa,b\r\n1,2\r\n\r\n 3 ,\"4\"\r\n"), "a")).containsExactly(1, 3);
    assertThat(numbers(file("\uFEFF\"a\",b\n1,2"), "a")).containsExactly(1);
    assertThat(numbers(file("a, \"b\"\n1, \"2\"\n\n"), "b")).containsExactly(2);
    assertThat(numbers(file("n,a\n\"one\n\"\"two\"\", three\",5\n").delimiter(','), "a"))
        .containsExactly(5);
    assertThat(numbers(file("a;b\n1,5;-2,5e1\n").delimiter(';').withDecimalComma(), "b"))
        .containsExactly(-25);
    assertThat(numbers(file("a\tb\n.5\t+2\n").delimiter('\t'), "a")).containsExactly(.5f);
    assertThat(
            numbers(
                file("'1,';2\n")
                    .delimiter(';')
                    .quote('\'')
                    .withDecimalComma()
                    .withoutHeader("p", "q"),
                "p"))
        .containsExactly(1);
    assertThat(
            numbers(
                file("a\u00e9,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1))
                    .charset(StandardCharsets.ISO_8859_1),
                "a\u00e9"))
        .containsExactly(1);
    assertThat(
            numbers(
                file("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))
                    .charset(StandardCharsets.UTF_16),
                "b"))
        .containsExactly(2);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("\uFEFFa,b\n7,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(numbers(file(packed.toByteArray()), "a")).containsExactly(7);
    assertThat(file(packed.toByteArray()).columns()).containsExactly("a", "b");
  }

  @Test
  void textsThatStandForMissingValues_areMissing() throws IOException {
    CsvFile file = file("a,b\nNA,1\n2,1\n?,1\n").missing("NA", "?");

    TableSchema schema = TableSchema.empty().input("x", number("a").missing(Missing.constant(-1)));

    assertThat(schema.fit(file).dataset(file).input("x").toFloatVector())
        .containsExactly(-1, 2, -1);
  }

  private static final UnaryOperator<CsvFile> PLAIN = file -> file;

  private void refused(String text, TableColumn column, String message) throws IOException {
    refused(text, PLAIN, column, message);
  }

  private void refused(String text, UnaryOperator<CsvFile> how, TableColumn column, String message)
      throws IOException {
    CsvFile file = how.apply(file(text));
    assertThatThrownBy(() -> TableSchema.empty().input("x", column).fit(file))
        .isInstanceOf(DataFileException.class)
        .hasMessage(path + ": " + message);
  }

  @Test
  void rows_thatAreNoneOfTheTable_areToldWithTheirLine() throws IOException {
    refused(
        "a,b,c\n1,2,3\n\n4,5\n",
        number("a"),
        "line 4 has 2 values and the header 3 columns, so that \"c\" is the first without one; add"
            + " what is missing, if need be as empty values");
    refused(
        "a,b\n\"x\ny\",2\n1,2,3\n",
        category("a"),
        "line 4 has 3 values and the header 2 columns; put values that hold a comma in quotes, or"
            + " say CsvFile.delimiter(';') and withDecimalComma() if that is how it was written");
    refused(
        "a;b\n1;2\n",
        number("b"),
        "has no column \"b\"; it has [a;b]; if its values are apart by ;, say"
            + " CsvFile.delimiter(';')");
    refused(
        "Age,b\n1,2\n",
        number("age"),
        "has no column \"age\"; it has [Age, b]; names count as they are written: \"Age\"");
    refused(
        "a,b, a\n1,2,3\n",
        number("b"),
        "columns 1 and 3 are both called \"a\"; give each a name of its own");
    refused("", number("a"), "is empty; its first line has to name the columns");
    refused("a,b\n", number("a"), "has no rows; there is nothing to fit a schema to");
    refused(
        "a,b\n1,\"2\n3,4\n",
        number("a"),
        "the row that begins in line 2 cannot be read (Missing closing quote for value, in line"
            + " 4); is there a quote too many or too few? A quote within quotes is written twice");
    refused(
        "1,2\n1,2,3\n",
        file -> file.withoutHeader("a", "b"),
        number("a"),
        "line 2 has 3 values and the list of names 2 columns; put values that hold a comma in"
            + " quotes, or say CsvFile.delimiter(';') and withDecimalComma() if that is how it was"
            + " written");
  }

  @Test
  void bytes_thatAreNoText_areTold() throws IOException {
    CsvFile latin = file("a,b\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(latin::size)
        .hasMessageContainingAll(
            "t.csv: holds bytes that are no UTF-8", "charset(StandardCharsets.ISO_8859_1)");
    assertThatThrownBy(file("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))::size)
        .hasMessageContaining("begins as UTF-16 and is read as UTF-8");
    assertThatThrownBy(file("PK\u0003\u0004….xlsx")::size).hasMessageContaining("save it as CSV");
    assertThatThrownBy(CsvFile.of(folder.resolve("none.csv"))::size)
        .hasMessageContaining("none.csv: does not exist");
    assertThatThrownBy(CsvFile.of(folder)::size).hasMessageContaining("cannot be read");
  }

  @Test
  void cells_thatAreNoNumbers_areToldWithLineColumnAndRemedy() throws IOException {
    refused(
        "a,b\n1,x\n2,y\nten,z\n",
        number("a"),
        "line 4, column \"a\": \"ten\" is no number; mend it, or take the column as category(…)");
    refusedNumber("NA", "if it stands for a missing value, say so by CsvFile.missing(\"NA\")");
    refusedNumber("nan", "if it stands for a missing value, say so by CsvFile.missing(\"nan\")");
    refusedNumber("2021-03-04", "it looks like a date or a time: put numbers in its place");
    refusedNumber("3/4/21 10:15", "it looks like a date or a time");
    refusedNumber("10:15", "it looks like a date or a time");
    refusedNumber(
        "\"1,5\"", "if its comma stands before fractions, say so by CsvFile.withDecimalComma()");
    refusedNumber("\"1,234,567.5\"", "take out the marks between groups of digits");
    refusedNumber("12%", "mend it");
    refusedNumber("0x10", "mend it");
    refusedNumber("1f", "mend it");
    refusedNumber("Infinity", "mend it");
    refusedNumber("1e999", "is beyond float64");
    refused(
        "a;b\n1.5;2\n",
        file -> file.delimiter(';').withDecimalComma(),
        number("a"),
        "line 2, column \"a\": \"1.5\" is no number; fractions begin with a comma here, by"
            + " CsvFile.withDecimalComma(); leave that out if it is a point");
    refused(
        "a,b\n,2\n",
        number("a"),
        "line 2, column \"a\": the value is missing, which is refused unless a rule is given, as"
            + " number(\"a\").missing(Missing.median())");
    CsvFile large = file("a,b\n16777217,2\n");
    assertThatThrownBy(() -> numbers(large, "a"))
        .hasMessageContainingAll(
            "line 2, column \"a\": \"16777217\" is a whole number that float32 does not hold (it"
                + " would be 16777216)",
            "standardized()",
            "category(…)");
  }

  private void refusedNumber(String cell, String remedy) throws IOException {
    CsvFile file = file("a,b\n" + cell + ",2\n");
    assertThatThrownBy(() -> numbers(file, "a"))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(
            "t.csv: line 2, column \"a\": \"" + cell.replace("\"", ""), remedy);
  }

  @Test
  void columns_thatTellNothing_areRefusedOrNoted() throws IOException {
    refused(
        "a,b\n3,x\n3,x\n",
        number("a").standardized(),
        "column \"a\" is 3.0 in all rows, so that there is no range to scale; leave it out, it"
            + " tells nothing");
    refused(
        "a,b\n,x\n",
        number("a").missing(Missing.mean()),
        "column \"a\" has no value in any row; leave it out");
    refused(
        "a,b\n,x\n",
        category("b").flag(),
        "column \"b\" is a flag, which has two categories, and has 1: \"x\"; take oneHot(), or"
            + " name them by of(…)");
    refused(
        "a,b\n,2021-03-04\n",
        category("b"),
        "line 2, column \"b\": \"2021-03-04\" looks like a date or a time, of which later ones"
            + " would be unknown: put numbers in its place, as year, month and weekday, or leave"
            + " the column out; if such values are names, give them by category(…).of(…)");
    StringBuilder many = new StringBuilder("a,b\n3,x0\n");
    for (int i = 1; i < 60; i++) {
      many.append("3,x").append(i).append('\n');
    }
    assertThat(
            TableSchema.empty()
                .input("x", number("a"))
                .input("c", category("b"))
                .fit(file(many.toString()))
                .notes())
        .containsExactly(
            "\"a\" is 3.0 in all rows",
            "\"b\" has 60 categories in 60 rows; is it a name or a number of the row?");
  }

  @Test
  void categories_outsideTheVocabulary_areToldWithLineAndRemedy() throws IOException {
    TableEncoding encoding =
        TableSchema.empty().input("c", category("c")).fit(file("c,d\nred,1\nblue,1\n"));
    CsvFile other = file("c,d\nred,1\ngreen,1\n");

    assertThatThrownBy(() -> encoding.dataset(other))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            path
                + ": line 3, column \"c\": \"green\" is none of the 2 categories \"blue\", \"red\";"
                + " mend it, or give unknown ones an index of their own by"
                + " category(\"c\").allowingUnknown() before fitting");
    CsvFile narrower = file("d\n1\n");
    assertThatThrownBy(() -> encoding.dataset(narrower))
        .hasMessage(path + ": has no column \"c\"; it has [d]");
    CsvFile empty = file("c\n");
    assertThatThrownBy(() -> encoding.dataset(empty)).hasMessage(path + ": has no rows");
    refused(
        "c,d\nred,1\nblue,1\n",
        category("c").of("red", "green"),
        "line 3, column \"c\": \"blue\" is none of the 2 categories \"red\", \"green\"; mend it, or"
            + " give unknown ones an index of their own by category(\"c\").allowingUnknown() before"
            + " fitting");
  }

  @Test
  void schemas_thatDoNotGoTogether_areRefused() {
    TableSchema schema = TableSchema.empty();
    assertThatThrownBy(() -> schema.input("x", number("a"), category("b")))
        .hasMessage(
            "input \"x\" has the index of \"b\" among other columns, and indices are no numbers;"
                + " take category(\"b\").oneHot(), or give the index an input of its own");
    assertThatThrownBy(() -> schema.input("x")).hasMessageContaining("has no columns");
    assertThatThrownBy(() -> schema.input("x", number("a")).input("x", number("b")))
        .hasMessage("input \"x\" is there already; take another name");
    assertThatThrownBy(() -> category("b").missing(Missing.median()))
        .hasMessageContaining("have no median; name a category for them");
    assertThatThrownBy(() -> number("b").missing(Missing.constant("none")))
        .hasMessageContainingAll("numbers \"b\"", "\"none\" is no number");
    assertThatThrownBy(() -> Missing.refused().flagged()).hasMessageContaining("Missing.median()");
    assertThatThrownBy(() -> Missing.constant(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> category("b").flag().allowingUnknown())
        .hasMessageContaining("no third value");
    assertThatThrownBy(() -> category("b").of("x", "x")).hasMessageContaining("twice");
    assertThatThrownBy(
            () -> schema.target("y", number("a").missing(Missing.mean().flagged()), number("b")))
        .hasMessageContaining("give \"a\" a target of its own");
    assertThatThrownBy(() -> schema.fit(CsvFile.of(path))).hasMessageContaining("call input first");
    assertThatThrownBy(() -> CsvFile.of(path).delimiter('"')).hasMessageContaining("delimiter");
  }
}
