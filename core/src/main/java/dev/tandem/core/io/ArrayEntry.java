package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HexFormat;

/**
 * The place of an array in the file of arrays.
 *
 * @param name what messages call it
 * @param spec its shape and type
 * @param offset of its first byte
 * @param crc the CRC-32C of its bytes
 */
record ArrayEntry(String name, TensorSpec spec, long offset, int crc) {

  /** The number of its bytes. */
  long length() {
    return Math.multiplyExact(spec.shape().length(), ElementType.of(spec.dtype()).bytes());
  }

  /** The offset behind its last byte. */
  long end() {
    return Math.addExact(offset, length());
  }

  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", name);
    node.put("dtype", ElementType.of(spec.dtype()).label());
    for (long size : spec.shape().toArray()) {
      node.withArray("shape").add(size);
    }
    if (spec.shape().rank() == 0) {
      node.putArray("shape");
    }
    node.put("offset", offset);
    node.put("length", length());
    node.put("crc32c", HexFormat.of().toHexDigits(crc));
    return node;
  }

  static ArrayEntry of(Fields fields) {
    String label = fields.text("dtype");
    ElementType type =
        ElementType.ofLabel(label)
            .orElseThrow(() -> fields.damaged("dtype is unknown: \"" + label + "\""));
    try {
      Shape shape = Shape.of(fields.longs("shape"));
      int crc = HexFormat.fromHexDigits(fields.text("crc32c"));
      long offset = fields.number("offset");
      ArrayEntry entry =
          new ArrayEntry(fields.text("name"), new TensorSpec(shape, type.dtype()), offset, crc);
      if (offset < 0 || entry.end() < offset || entry.length() != fields.number("length")) {
        throw fields.damaged("offset and length do not fit " + entry.spec());
      }
      return entry;
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw fields.damaged(String.valueOf(e.getMessage()));
    }
  }
}
