package dev.tandem.examples.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.train.LineChart;
import dev.tandem.examples.trained.RunNumbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What a report of runs says, in its order. */
final class Content {

  private static final int PICTURES = 8;
  private static final List<String> COUNTERS = List.of("round", "images", "seconds");

  private final List<Story> runs;
  private final List<Block> blocks = new ArrayList<>();

  private Content(List<Story> runs) {
    this.runs = runs;
  }

  static List<Block> of(List<Story> runs) {
    Content content = new Content(runs);
    content.summary();
    content.curves();
    content.samples();
    content.scores();
    content.differences();
    content.movers();
    content.starts();
    content.settings();
    return content.blocks;
  }

  private List<String> names() {
    return runs.stream().map(Story::name).toList();
  }

  private void heading(String text, String words) {
    blocks.add(new Block.Heading(text, words));
  }

  private void table(String caption, List<String> head, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      blocks.add(new Block.Table(caption, head, rows));
    }
  }

  private static List<String> head(String first, List<String> rest) {
    List<String> head = new ArrayList<>(List.of(first));
    head.addAll(rest);
    return head;
  }

  private Set<String> numbers() {
    Set<String> all = new LinkedHashSet<>();
    runs.forEach(run -> all.addAll(run.numbers().names()));
    return all;
  }

  private void summary() {
    heading("At the end", "The mean of the last ten lines; of counters and measures, the last.");
    List<List<String>> rows = new ArrayList<>();
    Set<String> measures = new LinkedHashSet<>();
    runs.forEach(run -> measures.addAll(run.numbers().measures()));
    for (String name : numbers()) {
      boolean last = COUNTERS.contains(name) || measures.contains(name);
      List<String> row = new ArrayList<>(List.of(name));
      for (Story run : runs) {
        OptionalDouble value = last ? run.numbers().last(name) : run.numbers().lately(name);
        row.add(value.isEmpty() ? "–" : text(name, value.getAsDouble()));
      }
      rows.add(row);
    }
    table("", head("number", names()), rows);
  }

  private static String text(String name, double value) {
    return COUNTERS.contains(name) ? Long.toString(Math.round(value)) : LineChart.number(value);
  }

  private void curves() {
    List<LineChart> charts = new ArrayList<>();
    chart(charts, "losses", "d_loss", "g_loss");
    chart(charts, "mean scores of real samples and fakes", "d_real", "d_fake");
    chart(charts, "norms of gradients", "d_gradient_norm", "g_gradient_norm");
    chart(charts, "rates", "d_rate", "g_rate");
    Set<String> rest = numbers();
    COUNTERS.forEach(rest::remove);
    List.of("d_loss", "g_loss", "d_real", "d_fake", "d_gradient_norm", "g_gradient_norm")
        .forEach(rest::remove);
    List.of("d_rate", "g_rate").forEach(rest::remove);
    rest.forEach(name -> chart(charts, name, name));
    heading("Curves", "Over rounds.");
    blocks.add(new Block.Curves(charts));
  }

  private void chart(List<LineChart> charts, String title, String... names) {
    LineChart chart = new LineChart(title);
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < names.length; j++) {
        RunNumbers.Curve curve = runs.get(i).numbers().curve(names[j]);
        String label = runs.size() == 1 ? names[j] : runs.get(i).name() + " " + names[j];
        chart.add(
            label,
            curve.rounds(),
            curve.values(),
            runs.size() == 1 ? j : i,
            runs.size() > 1 && j > 0);
      }
    }
    if (!chart.isEmpty()) {
      charts.add(chart);
    }
  }

  private void samples() {
    if (runs.stream().anyMatch(run -> !run.pictures().isEmpty())) {
      heading("Samples over time", "From noise that is the same each time.");
      runs.forEach(run -> blocks.add(new Block.Pictures(run.name(), run.some(PICTURES))));
    }
  }

  private void scores() {
    List<List<String>> rows = new ArrayList<>();
    for (Story run : runs) {
      for (Story.Scored score : run.scores()) {
        rows.add(
            List.of(
                run.name(),
                Long.toString(score.round()),
                score.metric(),
                score.value(),
                score.interval(),
                score.floor(),
                score.rest()));
      }
    }
    if (!rows.isEmpty()) {
      heading(
          "Measures",
          "Each with its interval, and the floor: what as many other real samples have. They"
              + " compare where data, number of samples and features are the same.");
      table("", List.of("run", "round", "metric", "value", "interval", "floor", "of"), rows);
    }
  }

  private void differences() {
    if (runs.size() < 2) {
      return;
    }
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> values =
          runs.stream().map(run -> run.settings().getOrDefault(key, "–")).toList();
      if (new LinkedHashSet<>(values).size() > 1) {
        rows.add(head(key, values));
      }
    }
    heading("Settings that differ", rows.isEmpty() ? "None." : "");
    table("", head("setting", names()), rows);
  }

  private void movers() {
    heading(
        "What moves what",
        "Of each trainer: the parts of its step, and whether their weights move in it. What does"
            + " not is held while the others learn.");
    for (Story run : runs) {
      if (!run.models().path("trainers").isArray()) {
        blocks.add(
            new Block.Table(
                run.name(),
                List.of("", ""),
                List.of(List.of("models.json", "is not there: an earlier version made the run"))));
        continue;
      }
      List<List<String>> trainers = new ArrayList<>();
      for (JsonNode trainer : run.models().path("trainers")) {
        for (JsonNode part : trainer.path("parts")) {
          if (part.path("params").asLong() > 0) {
            trainers.add(
                List.of(
                    trainer.path("name").asText(),
                    part.path("name").asText(),
                    part.path("type").asText(),
                    part.path("params").asText(),
                    part.path("moves").asText()));
          }
        }
      }
      table(run.name(), List.of("trainer", "part", "kind", "weights", "moves"), trainers);
      layers(run);
    }
  }

  private void layers(Story run) {
    Set<String> trainers = new LinkedHashSet<>();
    run.models().path("trainers").forEach(trainer -> trainers.add(trainer.path("name").asText()));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode net : run.models().path("nets")) {
      for (JsonNode part : net.path("parts")) {
        if (part.path("params").asLong() > 0) {
          List<String> row =
              new ArrayList<>(
                  List.of(
                      net.path("name").asText(),
                      part.path("name").asText(),
                      part.path("type").asText(),
                      part.path("params").asText()));
          trainers.forEach(trainer -> row.add(part.path("moves").path(trainer).asText("–")));
          rows.add(row);
        }
      }
    }
    List<String> head = new ArrayList<>(List.of("net", "layer", "kind", "weights"));
    trainers.forEach(trainer -> head.add("moves in " + trainer));
    table(run.name() + ", layer by layer", head, rows);
  }

  private void starts() {
    heading("Starts and environment", "A run that was resumed has a line for each start.");
    List<List<String>> rows = new ArrayList<>();
    for (Story run : runs) {
      for (JsonNode start : run.starts()) {
        rows.add(
            List.of(
                run.name(),
                start.path("date").asText(),
                start.path("round").asText(),
                start.path("device").asText(),
                start.path("commit").asText("–"),
                start.path("command").asText()));
      }
    }
    table("", List.of("run", "date", "from round", "device", "commit", "command"), rows);
    for (Story run : runs) {
      if (!run.starts().isEmpty()) {
        List<List<String>> facts = new ArrayList<>();
        facts("", run.starts().get(run.starts().size() - 1), facts);
        table(run.name() + ", the last start", List.of("what", "value"), facts);
      }
      if (!run.changes().isBlank()) {
        blocks.add(new Block.Lines(run.name() + ": changed since its start", run.changes()));
      }
      if (!run.warnings().isEmpty()) {
        blocks.add(new Block.Lines(run.name() + ": warnings", String.join("\n", run.warnings())));
      }
    }
  }

  private static void facts(String path, JsonNode node, List<List<String>> rows) {
    node.properties()
        .forEach(
            entry -> {
              String key = path.isEmpty() ? entry.getKey() : path + ", " + entry.getKey();
              boolean told = List.of("date", "round", "device", "commit", "command").contains(key);
              if (entry.getValue().isObject()) {
                facts(key, entry.getValue(), rows);
              } else if (!told) {
                rows.add(List.of(key, entry.getValue().asText()));
              }
            });
  }

  private void settings() {
    heading("Settings", "The whole of config.yaml, which tandem gan --config takes.");
    for (Story run : runs) {
      String text = run.config().isBlank() ? "config.yaml is not there" : run.config();
      blocks.add(new Block.Lines(run.name(), text));
    }
  }
}
