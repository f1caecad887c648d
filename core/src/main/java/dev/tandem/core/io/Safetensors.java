package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Weights in a file of {@code safetensors}, which Python, Rust and JavaScript read: numbers and
 * names alone, no code. {@link TensorFile} reads them.
 */
public final class Safetensors {

  /** What begins at a multiple of it is read without a copy. */
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Saves the weights of a model by their paths, in place of an earlier file.
   *
   * @throws DataFileException if it cannot be written; what was there before is untouched then
   */
  public static void save(Model model, Path file) {
    save(model, Map.of(), file);
  }

  /**
   * Saves the weights of a model by their paths, with texts beside them.
   *
   * @param metadata by name, as {@code format} and {@code preset}
   * @throws DataFileException if it cannot be written; what was there before is untouched then
   */
  public static void save(Model model, Map<String, String> metadata, Path file) {
    model.initializeNew();
    List<Map.Entry<String, Variable>> arrays =
        new ArrayList<>(ModelEntries.weights(model).entrySet());
    // the widest first, so that all lie at multiples of their width
    arrays.sort(
        Comparator.comparing(entry -> -TensorType.of(entry.getValue().spec().dtype()).bytes()));
    byte[] header = header(arrays, metadata);
    WholeFile.write(
        file,
        out -> {
          ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          out.write(length.putLong(header.length).array());
          out.write(header);
          for (Map.Entry<String, Variable> entry : arrays) {
            ArrayMemory.copy(entry.getValue().read(), out);
          }
        });
  }

  private static byte[] header(
      List<Map.Entry<String, Variable>> arrays, Map<String, String> metadata) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(SafetensorsSource.METADATA);
      metadata.forEach(texts::put);
    }
    long at = 0;
    for (Map.Entry<String, Variable> entry : arrays) {
      TensorType type = TensorType.of(entry.getValue().spec().dtype());
      ObjectNode node = root.putObject(entry.getKey()).put("dtype", type.name());
      var shape = node.putArray("shape");
      for (long size : entry.getValue().spec().shape().toArray()) {
        shape.add(size);
      }
      long end = at + entry.getValue().spec().shape().length() * type.bytes();
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    StringBuilder text = new StringBuilder(root.toString());
    while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGNMENT != 0) {
      text.append(' ');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
