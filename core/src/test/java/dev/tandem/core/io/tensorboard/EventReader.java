package dev.tandem.core.io.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of event files after their published format, with nothing in common with the writer:
 * records with CRC-32C bit by bit, and messages field by field as protocol buffers lay them out.
 */
final class EventReader {

  /** A message: what each field holds, numbers as their bits, the rest as bytes. */
  record Message(Map<Integer, List<Object>> fields) {

    static Message of(byte[] bytes) {
      Map<Integer, List<Object>> fields = new LinkedHashMap<>();
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        long key = varint(in);
        Object value =
            switch ((int) (key & 7)) {
              case 0 -> varint(in);
              case 1 -> in.getLong();
              case 2 -> {
                byte[] content = new byte[(int) varint(in)];
                in.get(content);
                yield content;
              }
              case 5 -> (long) in.getInt();
              default -> throw new IllegalStateException("wire type " + (key & 7));
            };
        fields.computeIfAbsent((int) (key >> 3), k -> new ArrayList<>()).add(value);
      }
      return new Message(fields);
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = in.get();
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalStateException("a number of more than 64 bits");
    }

    boolean has(int field) {
      return fields.containsKey(field);
    }

    long number(int field) {
      return has(field) ? (long) fields.get(field).get(0) : 0;
    }

    double real(int field) {
      return Double.longBitsToDouble(number(field));
    }

    float single(int field) {
      return Float.intBitsToFloat((int) number(field));
    }

    byte[] bytes(int field) {
      return (byte[]) fields.get(field).get(0);
    }

    String text(int field) {
      return new String(bytes(field), StandardCharsets.UTF_8);
    }

    Message message(int field) {
      return of(bytes(field));
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream().map(x -> of((byte[]) x)).toList();
    }

    /** A list of doubles, packed or not. */
    List<Double> reals(int field) {
      List<Double> all = new ArrayList<>();
      for (Object value : fields.getOrDefault(field, List.of())) {
        if (value instanceof byte[] packed) {
          ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
          while (in.hasRemaining()) {
            all.add(in.getDouble());
          }
        } else {
          all.add(Double.longBitsToDouble((long) value));
        }
      }
      return all;
    }
  }

  private EventReader() {}

  /** The events of a file. */
  static List<Message> events(Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      List<Message> events = new ArrayList<>();
      while (in.hasRemaining()) {
        byte[] length = new byte[8];
        in.get(length);
        require(length, in.getInt());
        byte[] content =
            new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
        in.get(content);
        require(content, in.getInt());
        events.add(Message.of(content));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(byte[] bytes, int masked) {
    int crc = ~0;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    crc = ~crc;
    int expected = (crc >>> 15 | crc << 17) + 0xa282ead8;
    if (expected != masked) {
      throw new IllegalStateException("a record's checksum is wrong");
    }
  }

  /** The values of summaries, each with the step of its event as field 0. */
  static List<Message> values(Path file) {
    List<Message> values = new ArrayList<>();
    for (Message event : events(file)) {
      if (event.has(5)) {
        for (Message value : event.message(5).messages(1)) {
          value.fields().put(0, List.of(event.number(2)));
          values.add(value);
        }
      }
    }
    return values;
  }
}
