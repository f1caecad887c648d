package dev.tandem.examples.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page whose results are between two marks, and a JSON file beside it.
 *
 * @param page Markdown; what stands outside the marks stays
 */
record ReportFiles(Path page) {

  private static final String BEGIN = "<!-- results: written by bench with the option peers -->";
  private static final String END = "<!-- end of results -->";
  private static final Pattern REGION =
      Pattern.compile(Pattern.quote(BEGIN) + ".*?" + Pattern.quote(END), Pattern.DOTALL);

  /** The JSON file: the page's name with another ending. */
  Path json() {
    String name = page.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return page.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  /**
   * Writes both.
   *
   * @throws IllegalStateException if the page exists and has no place for results
   */
  void write(Report report, JsonReport data) {
    String region = BEGIN + "\n\n" + report.text() + "\n" + END;
    try {
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, page(region));
      Files.writeString(json(), data.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says so before anything is measured if results could not be written.
   *
   * @throws IllegalStateException if the page exists and has no place for results
   */
  void check() {
    try {
      page("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String page(String region) throws IOException {
    if (!Files.exists(page)) {
      return "# Benchmarks\n\n" + region + "\n";
    }
    Matcher matcher = REGION.matcher(Files.readString(page));
    if (!matcher.find()) {
      throw new IllegalStateException(
          page + " has no place for results; it needs the lines " + BEGIN + " and " + END);
    }
    return matcher.replaceFirst(Matcher.quoteReplacement(region));
  }
}
