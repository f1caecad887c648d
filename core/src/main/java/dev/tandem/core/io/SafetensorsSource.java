package dev.tandem.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.HalfFloats;
import dev.tandem.core.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of safetensors: eight bytes with the length of the header, the header in JSON, and the
 * numbers of all arrays, one after another without gaps, the least byte first.
 *
 * @param file where it is
 * @param entries what it holds
 * @param metadata texts of its {@code __metadata__}
 * @param places of the arrays in the file
 */
record SafetensorsSource(
    Path file,
    ImmutableMap<String, Entry> entries,
    ImmutableMap<String, String> metadata,
    ImmutableMap<String, Long> places)
    implements TensorSource {

  static final String METADATA = "__metadata__";

  /** What the format allows. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** An array with the bytes that the header gives it. */
  private record Span(String name, long begin, long end) {}

  static SafetensorsSource open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw bad(file, "holds " + size + " bytes, and its first 8 are the length of its header");
      }
      ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, number, 0);
      long length = number.flip().getLong();
      if (length < 2 || length > LONGEST_HEADER || length > size - Long.BYTES) {
        throw bad(
            file,
            "gives its header "
                + Long.toUnsignedString(length)
                + " bytes, and there are "
                + (size - Long.BYTES)
                + " behind that number; it is cut, or no file of safetensors");
      }
      ByteBuffer header = ByteBuffer.allocate((int) length);
      fill(channel, header, Long.BYTES);
      return of(file, text(file, header.flip()), Long.BYTES + length, size);
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }

  private static String text(Path file, ByteBuffer header) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
    } catch (CharacterCodingException e) {
      throw bad(file, "has a header that is no UTF-8");
    }
  }

  private static SafetensorsSource of(Path file, String text, long begin, long size) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw bad(file, "has a header that is no JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw bad(file, "has a header that is no JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Long> places = new LinkedHashMap<>();
    List<Span> spans = new ArrayList<>();
    root.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (!name.equals(METADATA)) {
                Entry entry = entry(file, name, field.getValue());
                Span span = span(file, name, field.getValue(), entry);
                entries.put(name, entry);
                places.put(name, begin + span.begin());
                spans.add(span);
              }
            });
    requireWithoutGaps(file, spans, size - begin);
    return new SafetensorsSource(
        file,
        ImmutableMap.copyOf(entries),
        metadata(file, root.path(METADATA)),
        ImmutableMap.copyOf(places));
  }

  private static ImmutableMap<String, String> metadata(Path file, JsonNode node) {
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw bad(file, "has metadata \"" + field.getKey() + "\" that is no text");
              }
              texts.put(field.getKey(), field.getValue().asText());
            });
    return texts.buildOrThrow();
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    TensorType type =
        TensorType.of(node.path("dtype").asText())
            .orElseThrow(
                () -> bad(file, array(name) + " is of the unknown type " + node.path("dtype")));
    List<Long> sizes = longs(file, name, node, "shape");
    if (sizes.stream().anyMatch(size -> size < 0)) {
      throw bad(file, array(name) + " has the shape " + sizes);
    }
    return new Entry(type, Shape.of(sizes.stream().mapToLong(size -> size).toArray()));
  }

  private static Span span(Path file, String name, JsonNode node, Entry entry) {
    List<Long> offsets = longs(file, name, node, "data_offsets");
    long bytes;
    try {
      bytes = entry.type().bytes();
      for (long size : entry.shape().toArray()) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw bad(file, array(name) + " is " + entry + ", more than any file holds");
    }
    if (offsets.size() != 2
        || offsets.get(0) < 0
        || offsets.get(1) < offsets.get(0)
        || offsets.get(1) - offsets.get(0) != bytes) {
      throw bad(
          file,
          array(name) + " is " + entry + ", " + bytes + " bytes, and lies in bytes " + offsets);
    }
    return new Span(name, offsets.get(0), offsets.get(1));
  }

  private static List<Long> longs(Path file, String name, JsonNode node, String field) {
    List<Long> longs = new ArrayList<>();
    for (JsonNode number : node.path(field)) {
      if (!number.canConvertToLong() || !number.isIntegralNumber()) {
        throw bad(file, array(name) + " has " + field + " " + node.path(field));
      }
      longs.add(number.asLong());
    }
    if (!node.path(field).isArray()) {
      throw bad(file, array(name) + " has no " + field);
    }
    return longs;
  }

  private static void requireWithoutGaps(Path file, List<Span> spans, long size) {
    long at = 0;
    String before = "the header";
    spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
    for (Span span : spans) {
      if (span.begin() != at) {
        throw bad(
            file,
            array(span.name())
                + " begins at byte "
                + span.begin()
                + ", and "
                + before
                + " ends at byte "
                + at);
      }
      at = span.end();
      before = array(span.name());
    }
    if (at != size) {
      throw bad(
          file,
          "holds "
              + size
              + " bytes of numbers, and its header names "
              + at
              + (size < at ? ": it was cut off" : ""));
    }
  }

  private static String array(String name) {
    return "\"" + name + "\"";
  }

  private static DataFileException bad(Path file, String problem) {
    return new DataFileException(
        file.toString(), problem + "; nothing was loaded; take another copy");
  }

  @Override
  public INDArray read(String name) {
    Backend.require();
    Entry entry = Objects.requireNonNull(entries.get(name));
    DataType dtype = entry.requireDtype(file, array(name), "F32");
    INDArray array = Nd4j.createUninitialized(dtype, entry.shape().toArray(), 'c');
    try (FileChannel channel = FileChannel.open(file)) {
      long[] at = {Objects.requireNonNull(places.get(name))};
      if (entry.type().isExactly(dtype)) {
        ArrayMemory.write(
            array,
            bytes -> {
              at[0] += bytes.remaining();
              fill(channel, bytes, at[0] - bytes.remaining());
            });
      } else {
        widen(channel, at[0], entry.type() == TensorType.BF16, array);
      }
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(), array(name) + " cannot be read (" + e + "); nothing was loaded", e);
    }
    return array;
  }

  private static void widen(FileChannel channel, long place, boolean brain, INDArray array)
      throws IOException {
    ByteBuffer halves = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < array.length(); ) {
      halves.clear().limit((int) Math.min(CHUNK, (array.length() - i) * Short.BYTES));
      fill(channel, halves, place + i * Short.BYTES);
      halves.flip();
      while (halves.hasRemaining()) {
        short bits = halves.getShort();
        array.data().put(i++, brain ? HalfFloats.brainValue(bits) : HalfFloats.value(bits));
      }
    }
  }

  private static void fill(FileChannel channel, ByteBuffer bytes, long place) throws IOException {
    long at = place;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      at += read;
    }
  }
}
