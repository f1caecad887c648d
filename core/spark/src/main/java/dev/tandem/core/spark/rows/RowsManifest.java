package dev.tandem.core.spark.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What lies in a folder of rows.
 *
 * @param columns of a row
 * @param parts in the order of their rows, at least one
 */
record RowsManifest(ImmutableList<Column> columns, ImmutableList<Part> parts) {

  /**
   * A file of rows, one behind the other, numbers with their lowest byte first.
   *
   * @param file its name in the folder
   * @param rows how many, at least 1
   * @param digest SHA-256, in hexadecimal digits
   */
  record Part(String file, long rows, String digest) {}

  private static final String FORMAT = "tandem rows";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  static int rowBytes(ImmutableList<Column> columns) {
    return columns.stream().mapToInt(Column::bytes).reduce(0, Math::addExact);
  }

  int rowBytes() {
    return rowBytes(columns);
  }

  long rows() {
    return parts.stream().mapToLong(Part::rows).sum();
  }

  /** What tells these rows from others: a digest of those of the parts. */
  String digest() {
    return Hashing.sha256().hashString(toJson(), StandardCharsets.UTF_8).toString();
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    ArrayNode all = json.putArray("columns");
    for (Column column : columns) {
      ObjectNode node =
          all.addObject()
              .put("kind", column.kind().name())
              .put("name", column.name())
              .put("stored", column.stored().name())
              .put("dtype", column.dtype().name())
              .put("range", column.range().map(PixelRange::name).orElse(null))
              .put("rounds", column.rounds());
      ArrayNode sizes = node.putArray("sample");
      for (int axis = 0; axis < column.sample().rank(); axis++) {
        sizes.add(column.sample().size(axis));
      }
    }
    ArrayNode files = json.putArray("parts");
    parts.forEach(
        part ->
            files
                .addObject()
                .put("file", part.file())
                .put("rows", part.rows())
                .put("sha256", part.digest()));
    return json.toPrettyString();
  }

  /**
   * What a text says.
   *
   * @param name of the file in messages
   * @throws DataFileException if it is none of this version
   */
  static RowsManifest ofJson(String name, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.path("format").asText().equals(FORMAT) || json.path("version").asInt() != VERSION) {
        throw new DataFileException(
            name, "tells of no rows of version " + VERSION + "; write them by SparkRows.write");
      }
      ImmutableList.Builder<Column> columns = ImmutableList.builder();
      json.required("columns").forEach(node -> columns.add(column(node)));
      ImmutableList.Builder<Part> parts = ImmutableList.builder();
      json.required("parts")
          .forEach(
              node ->
                  parts.add(
                      new Part(
                          node.required("file").asText(),
                          node.required("rows").asLong(),
                          node.required("sha256").asText())));
      return new RowsManifest(columns.build(), parts.build());
    } catch (IOException | IllegalArgumentException e) {
      throw new DataFileException(
          name, "cannot be read (" + e.getMessage() + "); write the rows anew", e);
    }
  }

  private static Column column(JsonNode node) {
    ImmutableList.Builder<Long> sizes = ImmutableList.builder();
    node.required("sample").forEach(size -> sizes.add(size.asLong()));
    return new Column(
        Column.Kind.valueOf(node.required("kind").asText()),
        node.required("name").asText(),
        Shape.of(sizes.build().stream().mapToLong(size -> size).toArray()),
        DataType.valueOf(node.required("stored").asText()),
        DataType.valueOf(node.required("dtype").asText()),
        Optional.ofNullable(node.required("range").textValue()).map(PixelRange::valueOf),
        node.required("rounds").asBoolean());
  }
}
