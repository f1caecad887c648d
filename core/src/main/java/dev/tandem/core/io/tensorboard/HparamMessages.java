package dev.tandem.core.io.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.nd4j.shade.protobuf.Value;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** Settings of a run as messages of TensorBoard's plugin of hyperparameters. */
final class HparamMessages {

  private static final String PLUGIN = "hparams";

  private HparamMessages() {}

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Content content) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      content.write(out);
      out.flush();
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no stream that could fail
    }
  }

  /** The settings with which a session begins: numbers, truth values and texts. */
  static Summary.Value start(Map<String, ?> settings, double seconds) {
    ByteString session =
        message(
            out -> {
              for (Map.Entry<String, ?> setting : settings.entrySet()) {
                ByteString entry =
                    message(
                        pair -> {
                          pair.writeString(1, setting.getKey());
                          pair.writeMessage(2, value(setting.getValue()));
                        });
                out.writeBytes(1, entry);
              }
              out.writeDouble(5, seconds);
            });
    return value("_hparams_/session_start_info", 3, session);
  }

  /** What the table of hyperparameters has columns for: these settings and these scalars. */
  static Summary.Value experiment(Map<String, ?> settings, Iterable<String> tags, double seconds) {
    ByteString experiment =
        message(
            out -> {
              out.writeDouble(3, seconds);
              for (Map.Entry<String, ?> setting : settings.entrySet()) {
                ByteString info =
                    message(
                        of -> {
                          of.writeString(1, setting.getKey());
                          of.writeEnum(4, type(setting.getValue()));
                        });
                out.writeBytes(4, info);
              }
              for (String tag : tags) {
                ByteString name = message(of -> of.writeString(2, tag));
                out.writeBytes(5, message(of -> of.writeBytes(1, name)));
              }
            });
    return value("_hparams_/experiment", 2, experiment);
  }

  /** That a session ended well. */
  static Summary.Value end(double seconds) {
    ByteString session =
        message(
            out -> {
              out.writeEnum(1, 1);
              out.writeDouble(2, seconds);
            });
    return value("_hparams_/session_end_info", 4, session);
  }

  private static int type(Object value) {
    return value instanceof Number ? 3 : value instanceof Boolean ? 2 : 1;
  }

  private static Value value(Object value) {
    if (value instanceof Number number) {
      return Value.newBuilder().setNumberValue(number.doubleValue()).build();
    }
    return value instanceof Boolean flag
        ? Value.newBuilder().setBoolValue(flag).build()
        : Value.newBuilder().setStringValue(value.toString()).build();
  }

  private static Summary.Value value(String tag, int field, ByteString content) {
    ByteString data = message(out -> out.writeBytes(field, content));
    SummaryMetadata.PluginData.Builder plugin =
        SummaryMetadata.PluginData.newBuilder().setPluginName(PLUGIN).setContent(data);
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setMetadata(SummaryMetadata.newBuilder().setPluginData(plugin))
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder())
                .addFloatVal(0))
        .build();
  }
}
