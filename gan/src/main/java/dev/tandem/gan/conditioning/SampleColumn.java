package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A column of samples of one shape and type.
 *
 * @param what the samples, in messages
 * @param spec (batch, …) and the type
 * @param need the next step if there is not one, in messages
 */
record SampleColumn(String input, boolean isTarget, String what, TensorSpec spec, String need)
    implements DataColumn {

  private static final String ONE = "it needs one";

  /** Samples like the generator's, an input. */
  static SampleColumn ofGenerator(Networks networks) {
    return new SampleColumn(
        InputNames.real(0),
        false,
        "the samples of " + networks.generator(),
        networks.sample(),
        ONE);
  }

  /** Samples of the domain that a direction starts from, an input. */
  static SampleColumn ofDomain(Direction nets, int index) {
    return new SampleColumn(
        InputNames.real(index),
        false,
        "what " + nets.generator() + " translates",
        nets.from(),
        ONE);
  }

  /** Sources, an input, and the samples that belong to them, a target. */
  static ImmutableList<DataColumn> pairs(Direction nets) {
    String how = "add sources as an input and their samples as a target, one of each";
    return ImmutableList.of(
        new SampleColumn(
            InputNames.SOURCE, false, "the sources of " + nets.generator(), nets.from(), how),
        new SampleColumn(
            InputNames.real(0), true, "the samples of " + nets.generator(), nets.to(), how));
  }

  @Override
  public Column find(DataSource data) {
    KindOfColumns columns = KindOfColumns.of(data, isTarget);
    Shape sample = spec.shape().sample();
    List<Column> fitting = columns.like(sample, spec.dtype()::equals);
    if (fitting.isEmpty()) {
      fitting = columns.like(sample, DataType::isFPType);
    }
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "the "
              + data.name()
              + " has "
              + fitting.size()
              + " "
              + (isTarget ? "targets" : "inputs")
              + " like "
              + what
              + ", "
              + spec
              + "; it has "
              + columns
              + "; "
              + remedy(columns.like(sample, DataType::isIntType)));
    }
    return fitting.get(0);
  }

  /** What to do, where there are whole numbers of the right shape, or none. */
  private String remedy(List<Column> whole) {
    if (whole.size() != 1) {
      return need;
    }
    Column only = whole.get(0);
    return "pass data.with(\""
        + only.name()
        + (only.stored() == DataType.UINT8
            ? "\", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE)) for pixels from 0 to 255"
            : "\", column -> column.as(DataType." + spec.dtype() + ")) for whole numbers");
  }
}
