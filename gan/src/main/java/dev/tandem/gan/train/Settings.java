package dev.tandem.gan.train;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** All that decides the course of a run besides arrays, field by field. */
final class Settings {

  /** The version of what {@link #of} gives, which a run notes. */
  static final long FORMAT = 2;

  /** The path of the batches that one process takes for a step. */
  static final String ACCUMULATION = "schedule.accumulation";

  private static final String NOT_SET = "not set";

  /** Noted where it is not float32. */
  private static final String PRECISION = "precision";

  private Settings() {}

  /** Values by paths, as in {@code generator's optimizer.rate} and {@code 2.0E-4}. */
  static ImmutableSortedMap<String, String> of(AdversarialTraining recipe, List<DataSource> data) {
    SettingFields fields = new SettingFields();
    fields.put("generator", recipe.pair().generator());
    fields.put("discriminator", recipe.pair().discriminator());
    fields.put("latent", recipe.pair().latent());
    fields.put("conditioning", recipe.pair().conditioning());
    fields.put("packing", recipe.pair().packing());
    fields.put("loss", recipe.objective().loss());
    fields.put("penalties", recipe.objective().penalties());
    fields.put("labels", recipe.objective().labels());
    fields.put("augmentations", recipe.objective().augmentations());
    fields.put("generator's terms", recipe.objective().generatorTerms());
    fields.put("judged together", recipe.objective().judgedTogether());
    fields.put("weight clip", recipe.objective().clip());
    fields.put("generator's optimizer", recipe.optimizers().generator());
    fields.put("discriminator's optimizer", recipe.optimizers().discriminator());
    fields.put("gradient clipping", recipe.optimizers().clipping());
    fields.put("schedule", recipe.schedule());
    fields.put("batch", recipe.batch());
    fields.put("average", recipe.average());
    fields.put("engine", recipe.engine().toString());
    if (recipe.precision() != Precision.FLOAT32) {
      fields.put(PRECISION, recipe.precision());
    }
    fields.put("seed", recipe.seed());
    for (int i = 0; i < data.size(); i++) {
      String path = data.size() == 1 ? "data" : "data " + (i + 1);
      columns(fields, path + ".inputs", data.get(i), Column.Kind.INPUT);
      columns(fields, path + ".targets", data.get(i), Column.Kind.TARGET);
      if (data.get(i) instanceof RowSource rows && rows.balance().isPresent()) {
        fields.put(path + ".balanced by", rows.balance().orElseThrow());
      }
    }
    return fields.build();
  }

  private static void columns(
      SettingFields fields, String path, DataSource data, Column.Kind kind) {
    List<Column> columns = data.columns().stream().filter(column -> column.kind() == kind).toList();
    fields.put(path, columns.stream().map(Column::name).toList().toString());
    columns.forEach(column -> fields.put(path + "." + column.name(), text(data, column)));
  }

  /** The type in batches and all sizes, as in {@code FLOAT (60000, 28, 28, 1)}. */
  static String text(DataSource data, Column column) {
    int rows = data.rows().orElse((int) Shape.BATCH);
    return column.dtype() + " " + column.sample().prepend(rows);
  }

  /** What differs; of things of different kinds the kinds alone. */
  static List<SettingDifference> differences(Map<String, String> then, Map<String, String> now) {
    List<SettingDifference> differences = new ArrayList<>();
    Set<String> told = new TreeSet<>();
    for (String name : new TreeSet<>(Sets.union(then.keySet(), now.keySet()))) {
      String unsaid = name.equals(PRECISION) ? Precision.FLOAT32.name() : NOT_SET;
      String before = then.getOrDefault(name, unsaid);
      String here = now.getOrDefault(name, unsaid);
      if (!before.equals(here) && told.stream().noneMatch(path -> name.startsWith(path + "."))) {
        told.add(name);
        differences.add(SettingDifference.of(name, before, here, now));
      }
    }
    return differences;
  }

  /** Whether a value of a difference was noted. */
  static boolean isSet(String value) {
    return !value.equals(NOT_SET);
  }

  /** The paths of code, which is not known to be the same, in both. */
  static List<String> incomparable(Map<String, String> then, Map<String, String> now) {
    return now.keySet().stream()
        .filter(
            name ->
                SettingFields.isCode(Objects.requireNonNull(now.get(name)))
                    && then.containsKey(name))
        .toList();
  }
}
