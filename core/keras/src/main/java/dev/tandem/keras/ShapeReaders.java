package dev.tandem.keras;

import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Permute;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.tensor.Shape;
import java.util.Map;
import java.util.stream.LongStream;

/** Reads layers that move elements around. */
final class ShapeReaders {

  private ShapeReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("Flatten", new LayerReaders.Entry("Flatten", ShapeReaders::flatten));
    all.put("Reshape", new LayerReaders.Entry("Reshape", ShapeReaders::reshape));
    all.put("Permute", new LayerReaders.Entry("Permute", ShapeReaders::permute));
    all.put("Identity", new LayerReaders.Entry("Reshape to the same shape", c -> identity()));
  }

  private static LayerPlan.Reading flatten(Config config) {
    KerasValues.requireChannelsLast(config);
    return LayerPlan.Reading.of(Flatten.of());
  }

  private static LayerPlan.Reading reshape(Config config) {
    return LayerPlan.Reading.of(Reshape.of(config.integers("target_shape")));
  }

  private static LayerPlan.Reading permute(Config config) {
    return LayerPlan.Reading.of(Permute.axes(config.integers("dims")));
  }

  /** A layer that changes nothing. */
  static LayerPlan.Reading identity() {
    return LayerPlan.Reading.of(
        (plan, inputs) ->
            plan.layer(() -> Reshape.of(sizes(inputs.get(0).shape())))
                .apply(LayerPlan.array(inputs)));
  }

  private static int[] sizes(Shape shape) {
    return LongStream.of(shape.sample().toArray()).mapToInt(Math::toIntExact).toArray();
  }
}
