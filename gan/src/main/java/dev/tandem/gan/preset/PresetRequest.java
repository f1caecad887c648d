package dev.tandem.gan.preset;

import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.net.Dcgan;
import dev.tandem.gan.net.Nets;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The things that a preset builds its nets by.
 *
 * @param sample the shape of a sample: images (height, width, channels), or points (n)
 * @param classes the number of classes, for presets that are told the class or find it
 * @param filters next to the image; those of the preset if empty
 */
public record PresetRequest(Shape sample, int classes, OptionalInt filters) {

  /** Checks the numbers. */
  public PresetRequest {
    Objects.requireNonNull(sample, "sample");
    if (classes < 2) {
      throw new IllegalArgumentException("number of classes is not at least 2: " + classes);
    }
    if (filters.isPresent() && filters.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "number of filters is not at least 1: " + filters.getAsInt());
    }
  }

  /**
   * New nets for such samples.
   *
   * @throws IllegalArgumentException if there are none, or none with filters
   */
  public Nets nets() {
    Nets nets = Nets.of(sample);
    if (filters.isEmpty()) {
      return nets;
    }
    if (nets instanceof Dcgan images) {
      return images.filters(filters.getAsInt());
    }
    throw noFilters("nets for points");
  }

  static IllegalArgumentException noFilters(String what) {
    return new IllegalArgumentException(what + " have no filters; leave their number out");
  }
}
