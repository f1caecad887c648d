package dev.tandem.keras;

import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Average;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dot;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Maximum;
import dev.tandem.core.layer.Multiply;
import dev.tandem.core.layer.Subtract;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads layers of several inputs. */
final class MergeReaders {

  /** Operators of tensors that are written as functions, as in {@code a + b}. */
  static final List<String> OPERATORS = List.of("Add", "Maximum", "Multiply", "Subtract");

  private MergeReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    plain(all, "Add", Add::of);
    plain(all, "Subtract", Subtract::of);
    plain(all, "Multiply", Multiply::of);
    plain(all, "Average", Average::of);
    plain(all, "Maximum", Maximum::of);
    all.put(
        "Concatenate",
        new LayerReaders.Entry(
            "Concatenate",
            config -> LayerPlan.Reading.of(Concatenate.axis(config.integer("axis", -1)))));
    all.put("Dot", new LayerReaders.Entry("Dot", MergeReaders::dot));
  }

  private static void plain(
      Map<String, LayerReaders.Entry> all, String name, Supplier<Layer> layer) {
    all.put(name, new LayerReaders.Entry(name, config -> LayerPlan.Reading.of(layer.get())));
  }

  private static LayerPlan.Reading dot(Config config) {
    int[] axes = config.integers("axes");
    boolean normalize = config.flag("normalize", false);
    if (axes.length < 1 || axes.length > 2) {
      config.refuse("axes", "expected one axis or two");
      return LayerPlan.Reading.of(Dot.axes(1));
    }
    return LayerPlan.Reading.of(Dot.axes(axes[0], axes[axes.length - 1]).normalize(normalize));
  }
}
