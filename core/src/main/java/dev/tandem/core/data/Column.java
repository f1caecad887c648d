package dev.tandem.core.data;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One of the arrays that a {@link DataSource} fills batches with: what it is called, the shape of a
 * sample, the type that the source holds it in, and the type that batches have.
 *
 * @param kind whether models read it or are compared with it
 * @param name a name that no other column of this kind has
 * @param sample the shape of one sample, without the batch axis
 * @param stored the element type that the source writes
 * @param dtype the element type of batches
 * @param range what the 256 levels of a byte are spread over, if they are pixels to be scaled
 * @param rounds whether converting from one type to the other may lose something; else a value that
 *     it would change is an error
 */
public record Column(
    Kind kind,
    String name,
    Shape sample,
    DataType stored,
    DataType dtype,
    Optional<PixelRange> range,
    boolean rounds) {

  /** What a column is for. */
  public enum Kind {
    /** What a model reads. */
    INPUT,
    /** What a model's output is compared with. */
    TARGET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that there is a name, a shape without open axes, and numbers.
   *
   * @throws IllegalArgumentException if not, or pixels are not bytes scaled to floating point
   */
  public Column {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    if (!sample.isConcrete()) {
      throw new IllegalArgumentException(
          kind + " \"" + name + "\" has an open axis in the shape of a sample: " + sample);
    }
    if (!isNumeric(stored) || !isNumeric(dtype)) {
      throw new IllegalArgumentException(
          kind + " \"" + name + "\" needs numbers, got " + stored + " to " + dtype);
    }
    boolean floating = dtype == DataType.FLOAT || dtype == DataType.DOUBLE;
    if (range.isPresent() && (stored != DataType.UINT8 || !floating)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s \"%s\" is scaled as pixels, which are uint8 levels from 0 to 255 on their way to"
                  + " float32 or float64; it holds %s, and batches are %s",
              kind,
              name,
              new TensorSpec(sample, stored),
              dtype));
    }
  }

  private static boolean isNumeric(DataType type) {
    return type.isFPType() || type.isIntType() || type == DataType.BOOL;
  }

  /** An input, in batches as the source holds it. */
  public static Column input(String name, DataType dtype, Shape sample) {
    return new Column(Kind.INPUT, name, sample, dtype, dtype, Optional.empty(), false);
  }

  /** A target, in batches as the source holds it. */
  public static Column target(String name, DataType dtype, Shape sample) {
    return new Column(Kind.TARGET, name, sample, dtype, dtype, Optional.empty(), false);
  }

  /** The same under another name. */
  public Column named(String other) {
    return new Column(kind, other, sample, stored, dtype, range, rounds);
  }

  /**
   * The same with bytes as pixels: kept as uint8, float32 in the interval of a range in batches.
   *
   * @throws IllegalArgumentException if it does not hold uint8
   */
  public Column scaled(PixelRange to) {
    return new Column(kind, name, sample, stored, DataType.FLOAT, Optional.of(to), false);
  }

  /**
   * The same with another type in batches. A value that would change, such as a number beyond int32
   * or a float64 that no float32 equals, is an error where it is read.
   */
  public Column as(DataType type) {
    return new Column(kind, name, sample, stored, type, range, false);
  }

  /** The same with another type in batches: fractions are rounded to that type, or cut off. */
  public Column cast(DataType type) {
    return new Column(kind, name, sample, stored, type, range, true);
  }

  /** What a batch has: {@code (batch, …)} and the type. */
  public TensorSpec spec() {
    return new TensorSpec(sample.batched(), dtype);
  }

  /** The bytes of one sample as the source writes it. */
  public int bytes() {
    return Math.toIntExact(sample.length() * stored.width());
  }

  /** Whether batches hold what the source writes. */
  boolean isPlain() {
    return stored == dtype && range.isEmpty();
  }

  /** As in {@code input "image"}. */
  String label() {
    return kind + " \"" + name + "\"";
  }

  /** As in {@code input "image" float32 (batch, 28, 28, 1)}. */
  @Override
  public String toString() {
    return label() + " " + spec();
  }
}
