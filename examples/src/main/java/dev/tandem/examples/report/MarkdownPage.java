package dev.tandem.examples.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown: tables and texts; pictures by links, curves are in the page beside it. */
final class MarkdownPage {

  private final Path folder;
  private final StringBuilder page = new StringBuilder();

  private MarkdownPage(Path folder) {
    this.folder = folder;
  }

  /**
   * The text.
   *
   * @param folder that it will lie in, from where links lead
   * @param html the name of the page that has the curves
   */
  static String of(String title, List<Block> blocks, Path folder, String html) {
    MarkdownPage markdown = new MarkdownPage(folder.toAbsolutePath().normalize());
    markdown.page.append("# ").append(Escaped.markdown(title)).append("\n");
    blocks.forEach(block -> markdown.block(block, html));
    return markdown.page.toString();
  }

  private void block(Block block, String html) {
    if (block instanceof Block.Heading heading) {
      page.append("\n## ").append(Escaped.markdown(heading.text())).append("\n");
      if (!heading.words().isEmpty()) {
        page.append("\n").append(Escaped.markdown(heading.words())).append("\n");
      }
    } else if (block instanceof Block.Table table) {
      if (!table.caption().isEmpty()) {
        page.append("\n").append(Escaped.markdown(table.caption())).append("\n");
      }
      page.append("\n").append(row(table.head()));
      page.append("|").append("---|".repeat(table.head().size())).append("\n");
      table.rows().forEach(row -> page.append(row(row)));
    } else if (block instanceof Block.Curves) {
      page.append("\nThey are drawn in [the page](").append(Escaped.link(html)).append(").\n");
    } else if (block instanceof Block.Pictures pictures) {
      page.append("\n").append(Escaped.markdown(pictures.run())).append(":\n\n");
      for (Story.Picture picture : pictures.all()) {
        page.append("- ![round ").append(picture.round()).append("](");
        page.append(link(picture.file())).append(") round ").append(picture.round()).append("\n");
      }
    } else if (block instanceof Block.Lines lines) {
      page.append("\n").append(Escaped.markdown(lines.caption())).append(":\n\n");
      lines
          .text()
          .stripTrailing()
          .lines()
          .forEach(line -> page.append("    ").append(line).append("\n"));
    }
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> " " + Escaped.markdown(cell) + " ")
        .collect(Collectors.joining("|", "|", "|\n"));
  }

  private String link(Path file) {
    Path to = file.toAbsolutePath().normalize();
    boolean near = folder.getRoot() != null && folder.getRoot().equals(to.getRoot());
    Path path = near ? folder.relativize(to) : to;
    return Escaped.link(path.toString().replace('\\', '/'));
  }
}
