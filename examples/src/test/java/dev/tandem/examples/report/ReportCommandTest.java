package dev.tandem.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import dev.tandem.gan.image.PngFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Reports of runs that were made by hand, with texts in them that would be markup. */
class ReportCommandTest {

  private static final String EVIL = "<script>alert('x')</script>|`*&\"";

  @TempDir private Path folder;

  private Path run(String name, double rate) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"round":50,"images":3200,"seconds":1.5,"d_loss":1.5,"g_loss":0.5,"d_real":0.1,"d_fake":null,"fid_points":9.5}
        {"round":100,"images":6400,"seconds":3.0,"d_loss":1.0,"g_loss":0.75,"d_real":0.2,"d_fake":-0.2,"fid_points":4.5}
        """);
    Files.writeString(
        run.resolve("config.yaml"),
        "version: 1\nname: \""
            + EVIL.replace("\"", "\\\"")
            + "\"\noptimizer:\n  rate: "
            + rate
            + "\n");
    Files.writeString(
        run.resolve("log.txt"),
        "round 50: FID 9.500 [9.100, 9.900] floor 1.250 n=50 real=50 seed=1 in points\n"
            + "12:00:00 WARN "
            + EVIL
            + "\n");
    Files.writeString(
        run.resolve("environment.json"),
        """
        [{"date":"2026-01-01T00:00:00Z","command":"tandem gan --out a","round":0,"device":"cpu","commit":null,"Java":{"version":"17"}},
         {"date":"2026-01-02T00:00:00Z","command":"tandem gan --resume a","round":50,"device":"EVIL","commit":"abc","Java":{"version":"21"}}]
        """
            .replace("EVIL", EVIL.replace("\"", "\\\"")));
    Files.writeString(
        run.resolve("models.json"),
        """
        {"version":1,"trainers":[{"name":"generator_step","parts":[
          {"name":"generator","type":"Model","params":12,"moves":"yes"},
          {"name":"discriminator","type":"Model","params":7,"moves":"no"}]}],
         "nets":[{"name":"generator","parts":[{"name":"g_0","type":"Dense","params":12,"moves":{"generator_step":"yes"}}]}]}
        """);
    for (int round : new int[] {50, 100}) {
      PngFile.write(
          new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB),
          run.resolve("step-" + "0".repeat(round < 100 ? 4 : 3) + round + ".png"));
    }
    return run;
  }

  @Test
  void report_ofARun_isOnePageThatNeedsNothingElse() throws Exception {
    Path run = run("my run & <b>", .1);

    Cli cli = Cli.run("report", run.toString());

    assertThat(cli.err()).isEmpty();
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains("<title>my run &amp; &lt;b&gt;</title>", "default-src 'none'")
        .contains("<td>d_loss</td><td>1.25</td>", "<td>fid_points</td><td>4.5</td>")
        .contains("<td>9.500</td><td>[9.100, 9.900]</td><td>1.250</td>")
        .contains("<td>tandem gan --resume a</td>", "<td>Java, version</td><td>21</td>")
        .contains(
            "<td>generator_step</td><td>discriminator</td><td>Model</td><td>7</td><td>no</td>")
        .contains("<td>generator</td><td>g_0</td><td>Dense</td><td>12</td><td>yes</td>")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .doesNotContain("<script", "http://", "https://", "<b>");
    assertThat(page.split("data:image/png;base64,")).hasSize(3);
    assertThat(page.split("<polyline")).hasSizeGreaterThan(4);
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
    String closed = body.replaceAll("<img([^>]*)>", "<img$1/>");
    DocumentBuilderFactory.newInstance() // every tag is closed, every attribute is quoted
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(closed)));
    String markdown = Files.readString(run.resolve("report.md"));
    assertThat(markdown)
        .contains("# my run &amp; &lt;b&gt;", "| d\\_loss | 1.25 |", "](step-000050.png)")
        .contains("&lt;/script&gt;\\|\\`\\*&amp;");
    assertThat(markdown.lines().filter(line -> line.contains("<")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("    ")); // lines of code, as they are
  }

  @Test
  void report_ofSeveralRuns_putsThemSideBySideWithTheirDifferences() throws IOException {
    Path out = folder.resolve("both.html");

    Cli cli =
        Cli.run(
            "report", run("a", .1).toString(), run("b", .2).toString(), "--out", out.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(out)
        .content()
        .contains("<th>number</th><th>a</th><th>b</th>")
        .contains("<td>optimizer.rate</td><td>0.1</td><td>0.2</td>")
        .doesNotContain("<td>name</td>")
        .contains("a d_loss</li>", "b g_loss</li>");
    assertThat(folder.resolve("both.md")).content().contains("](a/step-000100.png)");
  }

  @Test
  void report_ofWhatIsNoRun_saysSoAndWritesNothing() {
    Cli cli = Cli.run("report", folder.toString());

    assertThat(cli.exitCode()).isNotZero();
    assertThat(cli.err()).contains("holds no metrics.jsonl; give the folder of a run");
    assertThat(folder.resolve("report.html")).doesNotExist();

    Cli named = Cli.run("report", folder.toString(), "--out", "page.pdf");
    assertThat(named.err()).contains("--out has to end in .html: page.pdf");
  }
}
