package dev.tandem.examples.trained;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.gan.image.PngFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Several runs side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Put runs side by side: a table, and one picture of their curves.",
    footer = {
      "",
      "The table has the last round and the seconds, the mean of the last ten values of losses and"
          + " scores, and the last value of what was measured. Scores compare only where data,"
          + " number of samples and extractor, which their names end in, are the same."
    })
public final class CompareCommand extends AppCommand {

  private static final ImmutableList<String> USUAL =
      ImmutableList.of("d_loss", "g_loss", "d_real", "d_fake");

  /** A run has the same one in all charts: those of Okabe and Ito, told apart by most eyes. */
  private static final ImmutableList<Color> COLORS =
      ImmutableList.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int COLUMNS = 2;
  private static final int TICKS = 8;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--curves",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "Numbers of metrics.jsonl to draw (d_loss, g_loss, d_real, d_fake and all measures).")
  private List<String> curves = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "compare.png",
      description = "Where the picture goes (${DEFAULT-VALUE}).")
  private Path picture;

  @Override
  protected void run() {
    List<RunNumbers> all = new ArrayList<>();
    for (Path run : runs) {
      all.add(RunNumbers.of(run));
    }
    Set<String> measures = new LinkedHashSet<>();
    all.forEach(run -> measures.addAll(run.measures()));
    table(all, measures);
    all.forEach(run -> run.cut().ifPresent(out()::println));
    List<String> names = new ArrayList<>(curves.isEmpty() ? USUAL : curves);
    if (curves.isEmpty()) {
      names.addAll(measures);
    }
    for (String name : names) {
      if (all.stream().noneMatch(run -> run.curve(name).values().length > 0)) {
        Set<String> known = new LinkedHashSet<>();
        all.forEach(run -> known.addAll(run.names()));
        throw wrong("--curves " + name + " is no number of these runs; there are " + known);
      }
    }
    draw(all, names);
    out().println("curves  " + picture);
  }

  private void table(List<RunNumbers> all, Set<String> measures) {
    List<String> columns = new ArrayList<>(List.of("round", "seconds"));
    columns.addAll(USUAL);
    columns.addAll(measures);
    int width = Math.max(3, all.stream().mapToInt(run -> run.name().length()).max().orElse(0));
    StringBuilder head = new StringBuilder(padded("run", -width));
    columns.forEach(name -> head.append("  ").append(padded(name, Math.max(10, name.length()))));
    out().println(head);
    for (RunNumbers run : all) {
      StringBuilder line = new StringBuilder(padded(run.name(), -width));
      for (String name : columns) {
        OptionalDouble value = USUAL.contains(name) ? run.lately(name) : run.last(name);
        line.append("  ").append(padded(text(name, value), Math.max(10, name.length())));
      }
      out().println(line);
    }
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }

  private static String text(String name, OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    String format = name.equals("round") || name.equals("seconds") ? "%.0f" : "%.4g";
    return String.format(Locale.ROOT, format, value.getAsDouble());
  }

  private void draw(List<RunNumbers> all, List<String> names) {
    List<XYChart> charts = new ArrayList<>();
    for (String name : names) {
      XYChart chart =
          new XYChartBuilder().width(WIDTH).height(HEIGHT).title(name).xAxisTitle("round").build();
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
      chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
      chart.getStyler().setXAxisMaxLabelCount(TICKS);
      chart.getStyler().setMarkerSize(4);
      chart.getStyler().setChartBackgroundColor(Color.WHITE);
      chart.getStyler().setLocale(Locale.ROOT);
      for (int i = 0; i < all.size(); i++) {
        RunNumbers.Curve curve = all.get(i).curve(name);
        if (curve.values().length > 0) {
          String label = (i + 1) + " " + all.get(i).name();
          Color color = COLORS.get(i % COLORS.size());
          XYSeries series = chart.addSeries(label, curve.rounds(), curve.values());
          series.setLineColor(color);
          series.setMarkerColor(color);
          series.setMarker(curve.values().length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
      }
      charts.add(chart);
    }
    PngFile.write(together(charts), picture);
  }

  private static BufferedImage together(List<XYChart> charts) {
    int columns = Math.min(COLUMNS, charts.size());
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage all =
        new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < charts.size(); i++) {
      BufferedImage one = BitmapEncoder.getBufferedImage(charts.get(i));
      graphics.drawImage(one, i % columns * WIDTH, i / columns * HEIGHT, null);
    }
    graphics.dispose();
    return all;
  }
}
