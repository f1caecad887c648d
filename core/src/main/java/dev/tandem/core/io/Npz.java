package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights in an {@code npz}, which {@code numpy.load} reads. {@link TensorFile} reads them, and
 * what {@code numpy.savez} and {@code numpy.savez_compressed} write.
 */
public final class Npz {

  private static final int ALIGNMENT = 64;

  /** The begin of an array of format 1.0, and the two bytes of the header's length. */
  private static final int START = 10;

  private Npz() {}

  /**
   * Saves the weights of a model by their paths, uncompressed, in place of an earlier file.
   *
   * @throws DataFileException if it cannot be written; what was there before is untouched then
   */
  public static void save(Model model, Path file) {
    model.initializeNew();
    WholeFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (var entry : ModelEntries.weights(model).entrySet()) {
            INDArray array = entry.getValue().read();
            byte[] header = header(entry.getValue().spec());
            CheckedOutputStream sum =
                new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
            sum.write(header);
            ArrayMemory.copy(array, sum);
            ZipEntry stored = new ZipEntry(entry.getKey() + ".npy");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(header.length + array.length() * array.dataType().width());
            stored.setCrc(sum.getChecksum().getValue());
            stored.setTime(0); // the same weights give the same bytes
            zip.putNextEntry(stored);
            zip.write(header);
            ArrayMemory.copy(array, zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static byte[] header(TensorSpec spec) {
    String type =
        switch (TensorType.of(spec.dtype())) {
          case BOOL -> "|b1";
          case U8 -> "|u1";
          case I8 -> "|i1";
          case I16 -> "<i2";
          case I32 -> "<i4";
          case I64 -> "<i8";
          case F64 -> "<f8";
          default -> "<f4";
        };
    String sizes =
        LongStream.of(spec.shape().toArray())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "));
    String text =
        "{'descr': '"
            + type
            + "', 'fortran_order': False, 'shape': ("
            + sizes
            + (spec.shape().rank() == 1 ? ",), }" : "), }");
    int padded = (START + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0);
    bytes.putShort((short) (padded - START));
    bytes.put(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.remaining() > 1) {
      bytes.put((byte) ' ');
    }
    return bytes.put((byte) '\n').array();
  }
}
