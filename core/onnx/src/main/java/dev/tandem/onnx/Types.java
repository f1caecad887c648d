package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;

/** Element types by the numbers that ONNX gives them. */
final class Types {

  private static final ImmutableMap<DataType, TensorProto.DataType> TYPES =
      ImmutableMap.<DataType, TensorProto.DataType>builder()
          .put(DataType.FLOAT, TensorProto.DataType.FLOAT)
          .put(DataType.DOUBLE, TensorProto.DataType.DOUBLE)
          .put(DataType.BFLOAT16, TensorProto.DataType.BFLOAT16)
          .put(DataType.INT32, TensorProto.DataType.INT32)
          .put(DataType.INT64, TensorProto.DataType.INT64)
          .put(DataType.INT16, TensorProto.DataType.INT16)
          .put(DataType.INT8, TensorProto.DataType.INT8)
          .put(DataType.UINT8, TensorProto.DataType.UINT8)
          .put(DataType.BOOL, TensorProto.DataType.BOOL)
          .buildOrThrow();

  private Types() {}

  static int number(DataType type) {
    TensorProto.DataType found = TYPES.get(type);
    if (found == null) {
      throw new IllegalArgumentException(type + " has no ONNX type among " + TYPES.keySet());
    }
    return found.getNumber();
  }
}
