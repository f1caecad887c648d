package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images that are made of those of a source, each when it is read.
 *
 * @param source its first input is images, float32 in [−1, 1] or bytes scaled to that
 * @param change float32 (1, height, width, channels) to the same shape
 */
record ComputedRows(RowSource source, UnaryOperator<INDArray> change) implements RowSource {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public ImmutableList<Column> columns() {
    Column images = source.firstInput();
    return ImmutableList.of(Column.input(images.name(), DataType.FLOAT, images.sample()));
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public void read(int column, int row, ByteBuffer into) throws IOException {
    ByteBuffer image = image();
    source.read(index(), row, image);
    write(image.flip(), into);
  }

  @Override
  public void read(int column, int row, long draw, ByteBuffer into) throws IOException {
    ByteBuffer image = image();
    source.read(index(), row, draw, image);
    write(image.flip(), into);
  }

  private int index() {
    return source.columns().indexOf(source.firstInput());
  }

  private ByteBuffer image() {
    return ByteBuffer.allocate(source.firstInput().bytes()).order(ByteOrder.nativeOrder());
  }

  private void write(ByteBuffer image, ByteBuffer into) {
    Column column = source.firstInput();
    float[] values = new float[Math.toIntExact(column.sample().length())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          column.stored() == DataType.UINT8
              ? PixelRange.MINUS_ONE_TO_ONE.of(image.get() & 0xFF)
              : image.getFloat();
    }
    try (INDArray from =
            Nd4j.createFromArray(values).reshape(column.sample().prepend(1).toArray());
        INDArray made = change.apply(from)) {
      for (float value : made.dup('c').data().asFloat()) {
        into.putFloat(value);
      }
    }
  }

  @Override
  public String place(int row) {
    return source.place(row);
  }
}
