package dev.tandem.core.data.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Encodings in files of JSON. */
final class EncodingFile {

  private static final String FORMAT = "tandem table encoding";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private EncodingFile() {}

  static String text(TableEncoding encoding) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    ArrayNode arrays = json.putArray("arrays");
    for (EncodedArray array : encoding.arrays()) {
      ObjectNode node =
          arrays
              .addObject()
              .put("kind", array.kind().name())
              .put("name", array.name())
              .put("weighted", array.weighted());
      ArrayNode columns = node.putArray("columns");
      array.parts().forEach(part -> columns.add(node(part)));
    }
    encoding.notes().forEach(json.putArray("notes")::add);
    return json.toPrettyString() + "\n";
  }

  static void write(TableEncoding encoding, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text(encoding));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(), "cannot be written (" + e + "); what was there before is untouched", e);
    } finally {
      part.toFile().delete();
    }
  }

  private static ObjectNode node(FittedColumn part) {
    ObjectNode node = JSON.createObjectNode().put("name", part.column().name());
    Missing missing = part.column().missing();
    node.putObject("missing")
        .put("rule", missing.kind().name())
        .put("value", missing.value().orElse(null))
        .put("flagged", missing.told());
    if (part instanceof FittedNumber number) {
      return node.put("type", "number")
          .put("scaled", number.column().scale().name())
          .put("shift", number.shift())
          .put("scale", number.scale())
          .put("filled", number.filled());
    }
    FittedCategory category = (FittedCategory) part;
    node.put("type", "category")
        .put("form", category.column().form().name())
        .put("allowsUnknown", category.column().unknownAllowed());
    category.column().given().forEach(node.putArray("given")::add);
    category.words().forEach(node.putArray("categories")::add);
    return node;
  }

  static TableEncoding read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new DataFileException(file.toString(), "does not exist", e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static DataFileException unreadable(String name, Exception cause) {
    return new DataFileException(
        name,
        "cannot be read ("
            + cause.getMessage()
            + "); is it whole? Fit the schema again and save it anew",
        cause);
  }

  /**
   * The encoding in a text.
   *
   * @param name of the text in messages
   */
  static TableEncoding parse(String name, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.path("format").asText().equals(FORMAT)) {
        throw new DataFileException(
            name, "is no encoding of a table; give what TableEncoding.save wrote");
      }
      if (json.path("version").asInt() != VERSION) {
        throw new DataFileException(
            name,
            "is of version "
                + json.path("version")
                + ", and this library reads "
                + VERSION
                + "; upgrade it");
      }
      ImmutableList.Builder<EncodedArray> arrays = ImmutableList.builder();
      json.required("arrays").forEach(node -> arrays.add(array(node)));
      return new TableEncoding(arrays.build(), texts(json.required("notes")));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, e);
    }
  }

  private static EncodedArray array(JsonNode node) {
    ImmutableList.Builder<FittedColumn> parts = ImmutableList.builder();
    node.required("columns").forEach(column -> parts.add(part(column)));
    return new EncodedArray(
        Column.Kind.valueOf(node.required("kind").asText()),
        node.required("name").asText(),
        parts.build(),
        node.required("weighted").asBoolean());
  }

  private static FittedColumn part(JsonNode node) {
    String name = node.required("name").asText();
    JsonNode rule = node.required("missing");
    Missing missing =
        new Missing(
            Missing.Kind.valueOf(rule.required("rule").asText()),
            Optional.ofNullable(rule.required("value").textValue()),
            rule.required("flagged").asBoolean());
    if (node.required("type").asText().equals("number")) {
      return new FittedNumber(
          new NumberColumn(
              name, NumberColumn.Scale.valueOf(node.required("scaled").asText()), missing),
          node.required("shift").asDouble(),
          node.required("scale").asDouble(),
          node.required("filled").asDouble());
    }
    return new FittedCategory(
        new CategoryColumn(
            name,
            CategoryColumn.Form.valueOf(node.required("form").asText()),
            texts(node.required("given")),
            node.required("allowsUnknown").asBoolean(),
            missing),
        texts(node.required("categories")));
  }

  private static ImmutableList<String> texts(JsonNode node) {
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    node.forEach(text -> texts.add(text.asText()));
    return texts.build();
  }
}
