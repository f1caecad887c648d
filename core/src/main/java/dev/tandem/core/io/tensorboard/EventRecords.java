package dev.tandem.core.io.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.Summary;

/**
 * Events as bytes: each a message of {@code event.proto} in a record of length, masked CRC-32C of
 * the length, content, masked CRC-32C of the content, little-endian.
 */
final class EventRecords {

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int GRAPH = 4;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  private static final int AROUND = 16;
  private static final int MASK_DELTA = 0xa282ead8;

  private EventRecords() {}

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  /** The first record of a file. */
  static byte[] version(double seconds) {
    return event(seconds, 0, out -> out.writeString(FILE_VERSION, "brain.Event:2"));
  }

  /** What makes readers drop events of this step and later ones that earlier files hold. */
  static byte[] restart(double seconds, long step) {
    ByteString started = ByteString.copyFrom(new byte[] {8, 1}); // status = START
    return event(seconds, step, out -> out.writeBytes(SESSION_LOG, started));
  }

  static byte[] summary(double seconds, long step, Summary summary) {
    return event(seconds, step, out -> out.writeMessage(SUMMARY, summary));
  }

  static byte[] graph(double seconds, GraphDef graph) {
    return event(seconds, 0, out -> out.writeBytes(GRAPH, graph.toByteString()));
  }

  private static byte[] event(double seconds, long step, Content content) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeDouble(WALL_TIME, seconds);
      if (step != 0) {
        out.writeInt64(STEP, step);
      }
      content.write(out);
      out.flush();
      return record(bytes.toByteString().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no stream that could fail
    }
  }

  private static byte[] record(byte[] content) {
    ByteBuffer record = ByteBuffer.allocate(content.length + AROUND).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(masked(record.array(), Long.BYTES));
    record.put(content);
    record.putInt(masked(content, content.length));
    return record.array();
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK_DELTA;
  }
}
