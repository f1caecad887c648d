package dev.tandem.core.io;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of a tensor file, whatever its format. */
interface TensorSource {

  /**
   * An array in the file.
   *
   * @param type of its numbers
   * @param shape of it
   */
  record Entry(TensorType type, Shape shape) {

    /**
     * The type that its numbers have here.
     *
     * @param array what messages call it
     * @param instead the label of the type to save it as
     * @throws DataFileException if nothing holds them
     */
    DataType requireDtype(Path file, String array, String instead) {
      return type.dtype()
          .orElseThrow(
              () ->
                  new DataFileException(
                      file.toString(),
                      array
                          + " is of type "
                          + type
                          + ", which is not read; nothing was loaded; save it as "
                          + instead));
    }

    @Override
    public String toString() {
      return type + " " + shape;
    }
  }

  /** What it holds, by name, in the order of the file. */
  ImmutableMap<String, Entry> entries();

  /** Texts that stand beside the arrays. */
  ImmutableMap<String, String> metadata();

  /**
   * Reads an array: in float32 what is of 16 bits.
   *
   * @throws DataFileException if the file is cut, or its type has no form here
   */
  INDArray read(String name);
}
