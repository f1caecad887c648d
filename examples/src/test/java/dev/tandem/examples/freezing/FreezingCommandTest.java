package dev.tandem.examples.freezing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezingCommandTest {

  private static Cli cli;

  /** The rows of both tables without the way of freezing: case, then model, loss, weights. */
  private static final List<String> ROWS = new ArrayList<>();

  @BeforeAll
  static void run() {
    cli = Cli.run("freezing");
    String number = "";
    for (String line : cli.out().lines().toList()) {
      String[] cells = line.strip().split(" {2,}");
      if (cells[0].matches("\\d\\d")) {
        number = cells[0];
        ROWS.add(row(number, cells, 2));
      } else if (cells[0].matches("m1|m2|D|G\\+D") && cells.length > 3) {
        ROWS.add(row(number, cells, 0));
      }
    }
  }

  private static String row(String number, String[] cells, int from) {
    return number
        + " "
        + List.of(cells).subList(from, cells.length).stream().collect(Collectors.joining("; "));
  }

  @Test
  void command_always_succeeds() {
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          20 | m1; 25; 2 -> -1; 3 -> 1; -1
          20 | m2; 9; 2 -> 1.4; 3; -1 -> 0.2
          21 | m1; 25; 2; 3; -1
          21 | m2; 9; 2 -> 1.4; 3; -1 -> 0.2
          22 | m1; 25; 2; 3 -> 1; -1
          22 | m2; 9; 2; 1; -1 -> 0.2
          23 | D; 1; 0.5; 2 -> 1.85
          23 | G+D; 0.005625; 0.5 -> 0.52775; 1.85
          24 | D; 1; 0.5; 2 -> 1.85
          24 | G+D; 0.005625; 0.5 -> 0.52775; 1.85
          26 | G+D; 0.005625; 0.5 -> 0.52775; 1.85 -> 1.8575
          32 | G+D; 0.005625; 0.5 -> 0.52775; 1.85
          """)
  void table_ofWorkedCases_hasTheirNumbers(String number, String row) {
    assertThat(ROWS).contains(number + " " + row);
  }

  @Test
  void idiom_withD_toggled_isTheSameAsWithout() {
    assertThat(rows("24")).hasSize(6).isEqualTo(rows("25"));
  }

  @Test
  void idiom_overThreeAlternations_movesOneSideAtATime() {
    assertThat(rows("24"))
        .allSatisfy(
            row -> assertThat(row.split("; ", -1)).filteredOn(c -> c.contains("->")).hasSize(1));
  }

  private static List<String> rows(String number) {
    return ROWS.stream()
        .filter(row -> row.startsWith(number + " "))
        .map(row -> row.substring(3))
        .toList();
  }

  @Test
  void text_afterTheTables_tellsPredictionsAndFlags() {
    assertThat(cli.out())
        .contains("After 21 m1 predicts 4.2 and m2 0.28; S.isTrainable() is true.")
        .contains("After 32 D.isTrainable() is true.");
  }

  @Test
  void text_afterTheTables_comparesWithOtherFrameworks() {
    assertThat(cli.out()).contains("Keras 3", "tf.keras", "DL4J");
  }

  @Test
  void command_onAnotherEngine_hasTheSameNumbers() {
    Cli other = Cli.run("freezing", "--device", "samediff");

    assertThat(other.err()).isEmpty();
    assertThat(other.out()).isEqualTo(cli.out());
  }
}
