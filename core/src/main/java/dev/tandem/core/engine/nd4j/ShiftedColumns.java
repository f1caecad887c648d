package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Constants;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Copies of planes (batch, height, width), each shifted by some rows and columns, with zeros where
 * nothing is shifted to. A shift is an offset in memory; what it brings from the neighboring row is
 * masked, what it brings from the neighboring image is written over.
 *
 * <p>A plane of two images, {@code a b / c d} and {@code e f / g h}, lies in memory as {@code a b c
 * d e f g h}, with room around it.
 *
 * <pre>
 * shift            in memory          masked             the copy
 * 1 to the right   b c d e f g h .    b 0 d 0 f 0 h 0    b 0 / d 0   f 0 / h 0
 * 1 down           c d e f g h . .    c d 0 0 g h 0 0    c d / 0 0   g h / 0 0
 * </pre>
 *
 * @param batch images of a plane
 * @param height rows of an image
 * @param width columns of an image
 * @param planes how many planes there are
 * @param shifts one for each copy
 */
record ShiftedColumns(long batch, long height, long width, int planes, List<Shift> shifts) {

  /**
   * What a copy holds.
   *
   * @param plane the plane that it comes from
   * @param down how many rows below its place each element comes from
   * @param right how many columns to the right
   */
  record Shift(int plane, long down, long right) {}

  private record Mask(long height, long width, long down, long right, DataType dtype) {}

  private long length() {
    return batch * height * width;
  }

  private long margin() {
    return shifts.stream()
        .mapToLong(shift -> Math.abs(shift.down() * width + shift.right()))
        .max()
        .orElse(0);
  }

  /** The planes one after another, with room around each. */
  TensorSpec roomy(DataType dtype) {
    return new TensorSpec(Shape.of(planes, length() + 2 * margin()), dtype);
  }

  /** The copies, (shifts, batch · height · width). */
  TensorSpec columns(DataType dtype) {
    return new TensorSpec(Shape.of(shifts.size(), length()), dtype);
  }

  /** Where a plane lies, (batch, height, width). */
  INDArray plane(INDArray roomy, int plane) {
    return Shapes.stretch(roomy, plane * roomy.size(1) + margin(), batch, height, width);
  }

  /** Zeros in the room around the planes, and the copies. */
  Kernel bind(INDArray roomy, INDArray columns, Constants constants) {
    List<Kernel> kernels = new ArrayList<>();
    INDArray zero = constants.filled(0, roomy.dataType(), 1);
    for (int i = 0; i < planes && margin() > 0; i++) {
      long begin = i * roomy.size(1);
      kernels.add(Shapes.assign(zero, Shapes.stretch(roomy, begin, margin())));
      kernels.add(
          Shapes.assign(zero, Shapes.stretch(roomy, begin + margin() + length(), margin())));
    }
    for (int i = 0; i < shifts.size(); i++) {
      kernels.add(copy(roomy, columns, i, constants));
    }
    return Sequence.of(kernels);
  }

  private Kernel copy(INDArray roomy, INDArray columns, int index, Constants constants) {
    Shift shift = shifts.get(index);
    long begin = shift.plane() * roomy.size(1) + margin() + shift.down() * width + shift.right();
    INDArray from = Shapes.stretch(roomy, begin, batch, height * width);
    INDArray to = Shapes.stretch(columns, index * length(), batch, height * width);
    if (shift.down() == 0 && shift.right() == 0) {
      return Shapes.assign(from, to);
    }
    Mask key = new Mask(height, width, shift.down(), shift.right(), roomy.dataType());
    INDArray mask = constants.get(key, () -> mask(key));
    Kernel masked = Native.custom("multiply", List.of(from, mask), List.of(to));
    return Sequence.of(
        masked, Shapes.assign(constants.filled(0, to.dataType(), 1), beyond(to, shift)));
  }

  /** What would come from another image, which a mask does not keep out if it is no number. */
  private INDArray beyond(INDArray copy, Shift shift) {
    long pixels = height * width;
    long offset = shift.down() * width + shift.right();
    long first = offset < 0 ? 0 : Math.max(0, pixels - offset);
    long last = offset < 0 ? Math.min(pixels, -offset) : pixels;
    return copy.get(NDArrayIndex.all(), NDArrayIndex.interval(first, last));
  }

  private static INDArray mask(Mask key) {
    INDArray mask = OwnedArrays.create(key.dtype(), key.height() * key.width());
    for (long row = 0; row < key.height(); row++) {
      for (long column = 0; column < key.width(); column++) {
        boolean inside =
            inside(row + key.down(), key.height()) && inside(column + key.right(), key.width());
        mask.putScalar(row * key.width() + column, inside ? 1 : 0);
      }
    }
    return mask;
  }

  private static boolean inside(long index, long size) {
    return index >= 0 && index < size;
  }
}
