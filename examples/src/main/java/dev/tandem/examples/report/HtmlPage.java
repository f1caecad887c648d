package dev.tandem.examples.report;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A report as one HTML file that needs nothing else: pictures and curves are in it, there are no
 * scripts, and a policy in its head refuses whatever else it might be made to fetch.
 */
final class HtmlPage {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:#fff;--ink:#1c1e21;--soft:#5b6470;--line:#d9dde3;--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#cc79a7;--c4:#b07c00;--c5:#56b4e9;--c6:#000}
      @media(prefers-color-scheme:dark){:root{--bg:#15181c;--ink:#e6e8eb;--soft:#9aa4b0;--line:#353b43;--c0:#4aa8e0;--c1:#ff8a3d;--c2:#2fcf9f;--c3:#e79ac6;--c4:#f0b429;--c5:#8ed0f5;--c6:#fff}}
      body{margin:0 auto;max-width:75rem;padding:1.5rem 1rem 4rem;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
      h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line);font-size:1.2rem}
      p,figcaption,caption,summary{color:var(--soft)}
      .wide{overflow-x:auto}table{border-collapse:collapse;margin:.75rem 0;font-size:.9rem}
      caption{text-align:left;padding:.25rem 0}th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
      th{font-weight:600}td{font-variant-numeric:tabular-nums}
      .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1rem}
      .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.75rem}
      figure{margin:0}img,svg{width:100%;height:auto}img{border:1px solid var(--line)}
      svg text{fill:var(--soft);font-size:11px}.grid line,line.grid{stroke:var(--line)}
      polyline{fill:none;stroke-width:1.6}.dashed{stroke-dasharray:5 3}
      .legend{list-style:none;margin:0;padding:0;font-size:.8rem;display:flex;flex-wrap:wrap;gap:.2rem 1rem}
      .legend span{display:inline-block;width:1.4em;margin-right:.4em;vertical-align:middle;border-top:3px solid}.legend span.dashed{border-top-style:dashed}
      pre{overflow-x:auto;font-size:.85rem;border:1px solid var(--line);padding:.75rem}
      """;

  private static final int COLORS = 7;

  private final StringBuilder page = new StringBuilder();

  private HtmlPage() {}

  static String of(String title, List<Block> blocks) {
    HtmlPage html = new HtmlPage();
    html.begin(title);
    blocks.forEach(html::block);
    html.page.append("</main></body></html>\n");
    return html.page.toString();
  }

  private void begin(String title) {
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    page.append(" img-src data:; style-src 'unsafe-inline'\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
    page.append(Escaped.html(title)).append("</title><style>\n").append(STYLE);
    for (int i = 0; i < COLORS; i++) {
      page.append("polyline.c").append(i).append("{stroke:var(--c").append(i).append(")}circle.c");
      page.append(i).append("{fill:var(--c").append(i).append(")}.legend .k").append(i);
      page.append("{border-color:var(--c").append(i).append(")}");
    }
    page.append("</style></head><body><main><h1>").append(Escaped.html(title)).append("</h1>\n");
  }

  private void block(Block block) {
    if (block instanceof Block.Heading heading) {
      page.append("<h2>").append(Escaped.html(heading.text())).append("</h2>\n");
      if (!heading.words().isEmpty()) {
        page.append("<p>").append(Escaped.html(heading.words())).append("</p>\n");
      }
    } else if (block instanceof Block.Table table) {
      table(table);
    } else if (block instanceof Block.Curves curves) {
      page.append("<div class=\"grid\">\n");
      curves.charts().forEach(chart -> page.append(chart.figure()));
      page.append("</div>\n");
    } else if (block instanceof Block.Pictures pictures) {
      pictures(pictures);
    } else if (block instanceof Block.Lines lines) {
      page.append("<details><summary>").append(Escaped.html(lines.caption()));
      page.append("</summary><pre>")
          .append(Escaped.html(lines.text()))
          .append("</pre></details>\n");
    }
  }

  private void table(Block.Table table) {
    page.append("<div class=\"wide\"><table>");
    if (!table.caption().isEmpty()) {
      page.append("<caption>").append(Escaped.html(table.caption())).append("</caption>");
    }
    page.append("<thead><tr>");
    table.head().forEach(cell -> page.append("<th>").append(Escaped.html(cell)).append("</th>"));
    page.append("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      page.append("<tr>");
      row.forEach(cell -> page.append("<td>").append(Escaped.html(cell)).append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>\n");
  }

  private void pictures(Block.Pictures pictures) {
    page.append("<h3>").append(Escaped.html(pictures.run())).append("</h3>");
    page.append("<div class=\"pictures\">\n");
    for (Story.Picture picture : pictures.all()) {
      String words = "round " + picture.round();
      page.append("<figure><img alt=\"").append(Escaped.html("samples after " + words));
      page.append("\" src=\"data:image/png;base64,").append(base64(picture.file()));
      page.append("\"><figcaption>").append(words).append("</figcaption></figure>\n");
    }
    page.append("</div>\n");
  }

  private static String base64(Path file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }
}
