package dev.tandem.dashboard.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of the page, from the class path: those that are listed here, and no others. */
final class PageFiles {

  private static final String PAGE = "/dev/tandem/dashboard/page/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** The paths that there are, and where they lie. */
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("/", PAGE + "index.html"),
          own("style.css"),
          own("icon.svg"),
          own("theme.js"),
          own("main.js"),
          own("state.js"),
          own("dom.js"),
          own("format.js"),
          own("live.js"),
          own("runlist.js"),
          own("overview.js"),
          own("curves.js"),
          own("chart.js"),
          own("samples.js"),
          own("walk.js"),
          own("models.js"),
          own("graph.js"),
          own("settings.js"),
          own("events.js"),
          Map.entry("/page/uPlot.js", UPLOT + "uPlot.esm.js"),
          Map.entry("/page/uPlot.css", UPLOT + "uPlot.min.css"));

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, byte[]> files = new TreeMap<>();

  PageFiles() {
    FILES.forEach((path, resource) -> files.put(path, read(resource)));
  }

  private static Map.Entry<String, String> own(String name) {
    return Map.entry("/page/" + name, PAGE + name);
  }

  private static byte[] read(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is not on the class path; add tandem-dashboard with what it depends on");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read", e);
    }
  }

  /** The paths that there are. */
  Iterable<String> paths() {
    return files.keySet();
  }

  /** Answers with a file. */
  void answer(Context context) {
    byte @Nullable [] bytes = files.get(context.path());
    String resource = FILES.getOrDefault(context.path(), "");
    String type = TYPES.getOrDefault(resource.substring(resource.lastIndexOf('.') + 1), "");
    if (bytes != null) {
      context.contentType(type).header("Cache-Control", "no-cache").result(bytes);
    }
  }
}
