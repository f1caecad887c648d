package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data under a model's names and in its types: its only input is the model's only input, and its
 * only target is that of the only output that is compared with one, whatever they are called. With
 * more than one, names count. A column of another type is converted, where that changes no value.
 */
final class Matching {

  private Matching() {}

  /** The same data, named by ports where there is no choice, and as it was elsewhere. */
  static DataSource of(StepInputs ports, DataSource data) {
    List<String> targets =
        names(data, Column.Kind.TARGET).stream().filter(n -> !isWeights(n)).toList();
    String input = only(ports.inputs(), names(data, Column.Kind.INPUT));
    String target = only(ports.targets(), targets);
    return data.with(
        column -> {
          String name = column.name();
          if (column.kind() == Column.Kind.INPUT) {
            String next = input.isEmpty() ? name : input;
            return typed(column.named(next), find(ports.inputs(), next));
          }
          String own = isWeights(name) ? name.substring(Examples.WEIGHTS.length()) : name;
          String next = !target.isEmpty() && targets.contains(own) ? target : own;
          return isWeights(name)
              ? typed(column.named(Examples.WEIGHTS + next), find(ports.weights(), next))
              : typed(column.named(next), find(ports.targets(), next));
        });
  }

  private static List<String> names(DataSource data, Column.Kind kind) {
    return data.columns().stream()
        .filter(column -> column.kind() == kind)
        .map(Column::name)
        .toList();
  }

  private static boolean isWeights(String target) {
    return target.startsWith(Examples.WEIGHTS);
  }

  /** The name of the only port for the only array; empty if there are more, or the names agree. */
  private static String only(ImmutableList<StepInput> ports, List<String> names) {
    return ports.size() == 1 && names.size() == 1 ? ports.get(0).name() : "";
  }

  private static @Nullable StepInput find(List<StepInput> ports, String name) {
    return ports.stream().filter(port -> port.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * The column in the type that a port takes, if it has the port's shape. Fractions do not become
   * whole numbers: these are class numbers and indices, which nobody keeps as fractions on purpose.
   */
  private static Column typed(Column column, @Nullable StepInput port) {
    TensorSpec wanted = port == null ? null : port.spec();
    return port == null
            || wanted == null
            || ValidatedExamples.fits(port, column.dtype())
            || column.range().isPresent()
            || column.rounds()
            || column.dtype().isFPType() && !wanted.dtype().isFPType()
            || !ValidatedExamples.matches(wanted.shape(), column.sample().prepend(1).toArray())
        ? column
        : column.as(wanted.dtype());
  }
}
