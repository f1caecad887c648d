package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;

/** The inputs or the targets of data, searched by shape and type. */
record KindOfColumns(ImmutableList<Column> all) {

  static KindOfColumns of(DataSource data, boolean targets) {
    Column.Kind kind = targets ? Column.Kind.TARGET : Column.Kind.INPUT;
    return new KindOfColumns(
        data.columns().stream()
            .filter(column -> column.kind() == kind)
            .collect(ImmutableList.toImmutableList()));
  }

  /** Those with samples of a shape and a type. */
  List<Column> like(Shape sample, Predicate<DataType> types) {
    return all.stream()
        .filter(column -> types.test(column.dtype()) && column.sample().equals(sample))
        .toList();
  }

  /** Names, types and shapes, for messages. */
  @Override
  public String toString() {
    return all.stream()
        .map(column -> "\"" + column.name() + "\" " + column.spec())
        .toList()
        .toString();
  }
}
