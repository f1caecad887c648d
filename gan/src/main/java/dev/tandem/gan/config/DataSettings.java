package dev.tandem.gan.config;

import dev.tandem.gan.data.ImageResize;
import dev.tandem.gan.data.RowAugmentation;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The data of a run, as applications name it; {@code mnist} unless stated. All but the names is for
 * pictures in folders and files.
 *
 * @param name of data, or of a folder or file of pictures
 * @param to what presets that translate make of it, if that is data too
 * @param size of images, as {@code 64} or {@code 48x64} (height x width); chosen by the pictures if
 *     none
 * @param resize what becomes of pictures of another ratio
 * @param mirror whether images are mirrored from left to right, each time by chance
 * @param augment what else changes by chance, each time that an image is read
 * @param channels 1 or 3; by the pictures if none
 * @param background a color under transparent pictures and around fitted ones
 * @param strict whether a file that cannot be read is an error
 */
public record DataSettings(
    String name,
    Optional<String> to,
    Optional<String> size,
    ImageResize resize,
    boolean mirror,
    AugmentSettings augment,
    OptionalInt channels,
    String background,
    boolean strict) {

  /** Checks that all are there. */
  public DataSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(resize, "resize");
    Objects.requireNonNull(augment, "augment");
    Objects.requireNonNull(channels, "channels");
    Objects.requireNonNull(background, "background");
  }

  /** A name, and for pictures the usual. */
  public static DataSettings named(String name) {
    return new DataSettings(
        name,
        Optional.empty(),
        Optional.empty(),
        ImageResize.CROP,
        false,
        AugmentSettings.none(),
        OptionalInt.empty(),
        "white",
        false);
  }

  /** All that changes by chance. */
  public RowAugmentation augmentation() {
    RowAugmentation changes = augment.augmentation();
    return mirror ? changes.mirror() : changes;
  }
}
