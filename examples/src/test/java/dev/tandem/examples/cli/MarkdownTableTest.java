package dev.tandem.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void table_ofRows_alignsTheFirstColumnLeftAndOthersRight() {
    MarkdownTable table = new MarkdownTable(List.of("system", "ms"));
    table.row(List.of("tandem", "3.21")).row(List.of("dl4j", "12"));

    assertThat(table.text())
        .isEqualTo(
            """
            | system |   ms |
            | ------ | ---: |
            | tandem | 3.21 |
            | dl4j   |   12 |
            """);
  }

  @Test
  void cell_withABar_doesNotEndTheCell() {
    MarkdownTable table = new MarkdownTable(List.of("a")).row(List.of("x|y"));

    assertThat(table.text()).contains("| x\\|y |");
  }

  @Test
  void row_ofAnotherLength_isRefused() {
    MarkdownTable table = new MarkdownTable(List.of("system", "ms"));

    assertThatThrownBy(() -> table.row(List.of("tandem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a row of 1 cells in a table of 2 columns");
  }
}
