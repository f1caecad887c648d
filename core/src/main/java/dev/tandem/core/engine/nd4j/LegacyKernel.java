package dev.tandem.core.engine.nd4j;

import static dev.tandem.core.engine.nd4j.NativeLibrary.NATIVE;

import dev.tandem.core.engine.kernel.Kernel;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.nativeblas.OpaqueDataBuffer;

/** A native op of the legacy kind, from one array to another, called directly. */
final class LegacyKernel implements Kernel {

  private static final @Nullable PointerPointer<?> NO_POINTERS = null;
  private static final @Nullable LongPointer NO_SHAPE = null;

  private final Op op; // holds the arrays
  private final Op.Type type;
  private final int number;
  private final OpaqueDataBuffer x;
  private final LongPointer xShape;
  private final OpaqueDataBuffer z;
  private final LongPointer zShape;
  private final @Nullable OpaqueDataBuffer scalar;
  private final @Nullable LongPointer scalarShape;
  private final @Nullable Pointer parameters;

  LegacyKernel(Op op) {
    this.op = op;
    this.type = type(op);
    this.number = op.opNum();
    this.x = buffer(op.x());
    this.xShape = shape(op.x());
    this.z = buffer(op.z());
    this.zShape = shape(op.z());
    INDArray number = op instanceof ScalarOp scalarOp ? scalarOp.scalar() : null;
    this.scalar = number == null ? null : buffer(number);
    this.scalarShape = number == null ? null : shape(number);
    DataBuffer extra = op.extraArgs() == null ? null : op.extraArgsDataBuff(op.z().dataType());
    this.parameters = extra == null ? null : extra.addressPointer();
  }

  /** Whether there is a direct way for an op. */
  static boolean supports(Op op) {
    return switch (type(op)) {
      case SCALAR -> ((ScalarOp) op).dimensions() == null;
      case TRANSFORM_SAME, TRANSFORM_STRICT, TRANSFORM_FLOAT -> op.y() == null;
      default -> false;
    };
  }

  private static Op.Type type(Op op) {
    if (op instanceof ScalarOp scalarOp) {
      return scalarOp.getOpType();
    }
    return op instanceof TransformOp transform ? transform.getOpType() : Op.Type.CUSTOM;
  }

  /** The array's memory as native functions take it; a view begins at its own first element. */
  private static OpaqueDataBuffer buffer(INDArray array) {
    return NATIVE.dbCreateExternalDataBuffer(
        array.length(), array.dataType().toInt(), array.data().addressPointer(), null);
  }

  private static LongPointer shape(INDArray array) {
    return (LongPointer) array.shapeInfoDataBuffer().addressPointer();
  }

  @Override
  public void run() {
    switch (type) {
      case SCALAR ->
          NATIVE.execScalar(
              NO_POINTERS,
              number,
              x,
              xShape,
              NO_SHAPE,
              z,
              zShape,
              NO_SHAPE,
              scalar,
              scalarShape,
              NO_SHAPE,
              parameters);
      case TRANSFORM_SAME ->
          NATIVE.execTransformSame(
              NO_POINTERS, number, x, xShape, NO_SHAPE, z, zShape, NO_SHAPE, parameters);
      case TRANSFORM_STRICT ->
          NATIVE.execTransformStrict(
              NO_POINTERS, number, x, xShape, NO_SHAPE, z, zShape, NO_SHAPE, parameters);
      default ->
          NATIVE.execTransformFloat(
              NO_POINTERS, number, x, xShape, NO_SHAPE, z, zShape, NO_SHAPE, parameters);
    }
    NativeLibrary.check(op.opName());
  }

  @Override
  public void close() {
    NATIVE.deleteDataBuffer(x);
    NATIVE.deleteDataBuffer(z);
    if (scalar != null) {
      NATIVE.deleteDataBuffer(scalar);
    }
  }
}
