package dev.tandem.examples.report;

import dev.tandem.core.io.WholeFile;
import dev.tandem.examples.cli.AppCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A page about runs that can be sent to somebody. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Write a page about runs that needs no other file, and the same in Markdown.",
    footer = {
      "",
      "The page has settings, environment, curves, samples over time, measures with intervals and"
          + " floors, resumes, and which trainer moves which layers; of several runs all side by"
          + " side, and the settings in which they differ. It has no scripts and fetches nothing."
    })
public final class ReportCommand extends AppCommand {

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the page goes, FILE.html; FILE.md comes beside it (report.html in RUN, of several"
              + " runs here).")
  private @Nullable Path page;

  @Override
  protected void run() {
    Path html = html();
    List<Story> stories = Story.all(runs);
    String name = String.valueOf(html.getFileName());
    Path markdown = html.resolveSibling(name.replaceFirst("\\.html$", "") + ".md");
    String title = stories.stream().map(Story::name).collect(Collectors.joining(", "));
    List<Block> blocks = Content.of(stories);
    Path folder = html.toAbsolutePath().getParent();
    WholeFile.write(html, HtmlPage.of(title, blocks));
    WholeFile.write(markdown, MarkdownPage.of(title, blocks, folder == null ? html : folder, name));
    out().println("page      " + html);
    out().println("markdown  " + markdown);
  }

  private Path html() {
    if (page == null) {
      return runs.size() == 1 ? runs.get(0).resolve("report.html") : Path.of("report.html");
    }
    if (!page.toString().endsWith(".html")) {
      throw wrong("--out has to end in .html: " + page);
    }
    return page;
  }
}
