package dev.tandem.examples.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.examples.bench.measure.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private final Report report = new Report(Samples.setting(), Samples.results());
  private final JsonReport json = new JsonReport(Samples.setting(), Samples.results());

  @Test
  void report_ofTimes_hasMediansAndRatiosAndWordsWhereThereAreNone() {
    assertThat(report.text())
        .contains(
            """
            | system |         ring |     dcgan28 |
            | ------ | -----------: | ----------: |
            | tandem |         4.00 |         200 |
            | torch  | 6.00 (1.50×) |      failed |
            | djl    | 9.00 (2.25×) | unsupported |
            """);
  }

  @Test
  void report_ofRounds_tellsTheSpread() {
    assertThat(report.text()).contains("| torch  | 5.00–7.00 |");
  }

  @Test
  void report_ofPredictions_tellsTheirTail() {
    Results results = Samples.results();
    results.add("tandem", Task.PREDICT_RESNET20_1, Samples.measured(5));
    assertThat(report.text()).doesNotContain("99 of 100");
    assertThat(new Report(Samples.setting(), results).text())
        .contains("What 99 of 100 predictions stay below, ms.\n\n| system | predict-resnet20-1 |")
        .contains("| tandem |               7.00 |");
  }

  @Test
  void report_ofFailures_namesEach() {
    assertThat(report.text())
        .contains(
            """
            - torch dcgan28 failed in round 1: took longer than 9 s.
            - djl ring failed in round 2: ended with exit code 134.
            - djl dcgan28 unsupported: it has no transposed convolution.
            """);
  }

  @Test
  void report_ofTheSetting_tellsMachineThreadsRoundsAndVersions() {
    assertThat(report.text())
        .contains("2026-01-02", "Some CPU, 2 cores", "threads in every system: 2", "rounds: 3")
        .contains("torch: pytorch 2.10.0");
  }

  @Test
  void json_ofResults_hasEveryRound() throws IOException {
    JsonNode root = new ObjectMapper().readTree(json.text());
    JsonNode torch = root.get("results").get(1);

    assertThat(root.get("threads").asText()).isEqualTo("2");
    assertThat(torch.get("system").asText()).isEqualTo("torch");
    assertThat(torch.get("ratio_to_tandem").asDouble()).isEqualTo(1.5);
    assertThat(torch.get("rounds")).hasSize(3);
    JsonNode failed = root.get("results").get(2).get("rounds").get(1);
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("last_lines").get(0).asText()).isEqualTo("SIGSEGV");
  }

  @Test
  void page_withText_keepsItAroundTheResults(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("bench.md");
    ReportFiles files = new ReportFiles(page);
    files.write(report, json);
    String first = Files.readString(page);
    Files.writeString(page, first.replace("# Benchmarks", "# Speed\n\nHow.") + "\nAfter.\n");

    files.write(report, json);

    assertThat(page).content().startsWith("# Speed\n\nHow.").endsWith("\nAfter.\n");
    assertThat(Files.readString(page)).containsOnlyOnce("| torch  | 6.00 (1.50×) |");
    assertThat(folder.resolve("bench.json")).content().isEqualTo(json.text());
  }

  @Test
  void page_withoutAPlaceForResults_isRefused(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("other.md"), "# Other\n");
    ReportFiles files = new ReportFiles(page);

    assertThatThrownBy(files::check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other.md has no place for results");
    assertThat(page).hasContent("# Other\n");
  }
}
