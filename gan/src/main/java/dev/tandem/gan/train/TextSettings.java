package dev.tandem.gan.train;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSettings;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.op.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings as runs of format 1 hold them: what records print of themselves, which goes by the names
 * of classes.
 */
final class TextSettings {

  /** The text of code without a name of its own, which differs between processes. */
  private static final Pattern CODE = Pattern.compile("\\$\\$Lambda[^\\s,\\])}]*|@[0-9a-f]{4,}\\b");

  private TextSettings() {}

  static ImmutableSortedMap<String, String> of(AdversarialTraining recipe, List<DataSource> data) {
    ImmutableSortedMap.Builder<String, String> settings = ImmutableSortedMap.naturalOrder();
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("generator", net(recipe.pair().generator())),
            Map.entry("discriminator", net(recipe.pair().discriminator())),
            Map.entry("latent", recipe.pair().latent()),
            Map.entry("conditioning", recipe.pair().conditioning()),
            Map.entry("packing", recipe.pair().packing()),
            Map.entry("loss", recipe.objective().loss()),
            Map.entry("penalties", recipe.objective().penalties()),
            Map.entry("labels", recipe.objective().labels()),
            Map.entry("augmentations", recipe.objective().augmentations()),
            Map.entry("generator's terms", recipe.objective().generatorTerms()),
            Map.entry("judged together", recipe.objective().judgedTogether()),
            Map.entry("weight clip", recipe.objective().clip()),
            Map.entry("generator's optimizer", recipe.optimizers().generator()),
            Map.entry("discriminator's optimizer", recipe.optimizers().discriminator()),
            Map.entry("gradient clipping", String.valueOf(recipe.optimizers().clipping())),
            Map.entry("schedule", schedule(recipe.schedule())),
            Map.entry("batch", recipe.batch()),
            Map.entry("average", recipe.average()),
            Map.entry("engine", recipe.engine()),
            Map.entry("seed", recipe.seed().orElseThrow()),
            Map.entry(
                "data",
                data.stream().map(TextSettings::data).collect(Collectors.joining(" and "))));
    if (recipe.precision() != Precision.FLOAT32) {
      settings.put("precision", recipe.precision().name());
    }
    values.forEach(
        (name, value) -> settings.put(name, CODE.matcher(value.toString()).replaceAll("code")));
    return settings.buildOrThrow();
  }

  /** The name of the class then, and its numbers. */
  private static String schedule(Alternation schedule) {
    String text = schedule.toString();
    return "Schedule" + text.substring(text.indexOf('['));
  }

  /** The calls of a net with their settings; which calls follow which is held by the weights. */
  private static String net(Model model) {
    StringBuilder text = new StringBuilder();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model part, CallSite site) {
            text.append(site.isRoot() ? "[" : separator() + "model " + part.name() + "[");
            return true;
          }

          @Override
          public void leave(Model part, CallSite site) {
            text.append(']');
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            text.append(separator()).append(call(layer));
            return false;
          }

          private String separator() {
            return text.charAt(text.length() - 1) == '[' ? "" : ", ";
          }
        });
    return text.toString();
  }

  private static String call(Layer layer) {
    return layer instanceof StandardLayer<?> standard
        ? layer.typeName() + settings(standard.settings())
        : layer.typeName();
  }

  private static String settings(LayerSettings settings) {
    return settings.values().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + setting(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A setting in the words of format 1, in which a layer's settings were its config. */
  private static String setting(Object value) {
    return value instanceof LayerSpec layer
        ? String.format(
            Locale.ROOT,
            "LayerSpec[type=%s, name=%s, trainable=%s, config=Config[settings=%s]]",
            layer.type(),
            layer.name(),
            layer.trainable(),
            settings(layer.settings()))
        : value.toString();
  }

  private static String data(DataSource data) {
    return columns(data, Column.Kind.INPUT) + " to " + columns(data, Column.Kind.TARGET);
  }

  private static String columns(DataSource data, Column.Kind kind) {
    return data.columns().stream()
        .filter(column -> column.kind() == kind)
        .map(column -> column.name() + " " + Settings.text(data, column).replaceFirst(" \\(", "("))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
