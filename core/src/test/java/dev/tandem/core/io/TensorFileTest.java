package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TensorFileTest {

  private static final String KERNEL_AND_BIAS =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}}  ";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("weights");
  }

  /** (batch, 3) to (batch, 2): fc/kernel (3, 2) and fc/bias (2). */
  private static Model dense(DataType type) {
    Input x = Input.of("x", Shape.of(3), type);
    return Model.of("m", x, Dense.units(2).named("fc").apply(x)).initialize(1);
  }

  private static List<INDArray> values(Model model) {
    return model.weights().stream().map(Weight::values).toList();
  }

  private static double[] kernel(Model model) {
    return model.weight("fc/kernel").values().dup('c').data().asDouble();
  }

  @Test
  void save_andLoad_areAsBefore() {
    for (Model model : List.of(Nets.generator(1), dense(DataType.DOUBLE))) {
      List<INDArray> before = values(model);

      Safetensors.save(model, file());
      model.weights().forEach(weight -> weight.set(weight.values().mul(0)));
      TensorFile.open(file()).load(model);
      assertThat(values(model)).isEqualTo(before);

      Npz.save(model, file());
      model.weights().forEach(weight -> weight.set(weight.values().mul(0)));
      TensorFile.open(file()).load(model);
      assertThat(values(model)).isEqualTo(before);
    }
    assertThat(folder.toFile().list()).containsExactly("weights");
  }

  @Test
  void safetensors_areLaidOutAsPublished() throws IOException {
    Model model = dense(DataType.FLOAT);

    Safetensors.save(model, Map.of("preset", "dcgan"), file());

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertThat(length % 8).isZero();
    byte[] header = new byte[length];
    bytes.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"preset\":\"dcgan\"},"
                + "\"fc/kernel\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},"
                + "\"fc/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}");
    for (double value : kernel(model)) {
      assertThat((double) bytes.getFloat()).isEqualTo(value);
    }
    assertThat(bytes.remaining()).isEqualTo(8);
  }

  @Test
  void npz_isLaidOutAsPublished() throws IOException {
    Model model = dense(DataType.FLOAT);

    Npz.save(model, file());

    byte[] numbers = new byte[0];
    for (double value : kernel(model)) {
      numbers = TensorBytes.joined(numbers, TensorBytes.floats((float) value));
    }
    try (ZipFile zip = new ZipFile(file().toFile())) {
      byte[] entry = zip.getInputStream(zip.getEntry("fc/kernel.npy")).readAllBytes();
      assertThat(entry).isEqualTo(TensorBytes.npy("<f4", "(3, 2)", numbers));
      assertThat(zip.getEntry("fc/bias.npy").getSize()).isEqualTo(128 + 8);
    }
  }

  @Test
  void load_ofWeightsOfPyTorch_takesThemByNamesAndAxesOfHere() {
    byte[] numbers = TensorBytes.floats(7, 8, 1, 2, 3, 4, 5, 6);
    TensorBytes.safetensors(file(), KERNEL_AND_BIAS, numbers);
    Model model = dense(DataType.FLOAT);

    TensorFile tensors =
        TensorFile.open(file())
            .renamed(name -> name.replace('.', '/').replace("weight", "kernel"))
            .permuted("fc/kernel", 1, 0);
    tensors.load(model);

    assertThat(tensors.metadata()).containsEntry("format", "pt");
    assertThat(kernel(model)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(model.weight("fc/bias").values().data().asDouble()).containsExactly(7, 8);
  }

  @Test
  void load_ofHalves_takesTheirExactNumbers() {
    String header =
        "{\"fc/kernel\":{\"dtype\":\"F16\",\"shape\":[3,2],\"data_offsets\":[0,12]},"
            + "\"fc/bias\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[12,16]}}";
    byte[] numbers =
        TensorBytes.joined(
            // 1, -2, 65504, 2^-24, 0.333251953125, -0
            TensorBytes.shorts(0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x8000),
            TensorBytes.shorts(0x3f80, 0xc049)); // 1, -3.140625
    TensorBytes.safetensors(file(), header, numbers);
    Model model = dense(DataType.FLOAT);

    TensorFile.open(file()).converted().load(model);

    assertThat(kernel(model))
        .containsExactly(1, -2, 65504, Math.scalb(1.0, -24), 0.333251953125, -0.0);
    assertThat(model.weight("fc/bias").values().data().asDouble()).containsExactly(1, -3.140625);
  }

  @Test
  void load_ofACompressedArchive_takesDoublesAndHalves() {
    TensorBytes.npz(
        file(),
        Map.of(
            "fc/kernel",
                TensorBytes.npy("<f2", "(3, 2)", TensorBytes.shorts(0x3c00, 0, 0, 0, 0, 0)),
            "fc/bias", TensorBytes.npy("<f8", "(2,)", TensorBytes.doubles(.5, -1))));
    Model model = dense(DataType.FLOAT);

    TensorFile.open(file()).converted().load(model);

    assertThat(kernel(model)).containsExactly(1, 0, 0, 0, 0, 0);
    assertThat(model.weight("fc/bias").values().data().asDouble()).containsExactly(.5, -1);
  }

  @Test
  void load_ofWhatDiffers_namesAllOfItAndChangesNothing() {
    String header =
        "{\"fc/kernel\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[0,48]},"
            + "\"other\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[48,52]}}";
    TensorBytes.safetensors(file(), header, new byte[52]);
    Model model = dense(DataType.FLOAT);
    List<INDArray> before = values(model);

    assertThatThrownBy(() -> TensorFile.open(file()).load(model))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            file()
                + ": weights differ from those of Model \"m\": 1 missing in the file: fc/bias; 1 in"
                + " the file alone: other; 1 of another shape or type: fc/kernel is F64 (3, 2) in"
                + " the file and float32 (3, 2) here; nothing was loaded; give the arrays the names"
                + " of model.weightsByPath() with renamed(name -> ...)");
    assertThat(values(model)).isEqualTo(before);
  }

  @Test
  void load_ofNumbersThatDoNotFit_isRefusedBeforeAnythingChanges() {
    TensorBytes.npz(
        file(),
        Map.of(
            "fc/kernel", TensorBytes.npy("<f8", "(3, 2)", TensorBytes.doubles(1, 2, 3, 4, 5, 1e99)),
            "fc/bias", TensorBytes.npy("<f4", "(2,)", TensorBytes.floats(1, 2)),
            "epoch", TensorBytes.npy("<i8", "()", TensorBytes.doubles(0))));
    Model model = dense(DataType.FLOAT);
    List<INDArray> before = values(model);

    assertThatThrownBy(() -> TensorFile.open(file()).converted().load(model))
        .hasMessageEndingWith(
            "1 in the file alone: epoch; nothing was loaded; leave them out with leavingOthers()");
    assertThatThrownBy(() -> TensorFile.open(file()).converted().leavingOthers().load(model))
        .hasMessageContaining("\"fc/kernel\" holds 1.0E99, which is no FLOAT; nothing was loaded");
    assertThat(values(model)).isEqualTo(before);
  }

  @Test
  void renamed_toOneName_isRefused() {
    TensorBytes.safetensors(file(), KERNEL_AND_BIAS, new byte[32]);
    TensorFile tensors = TensorFile.open(file());

    assertThatThrownBy(() -> tensors.renamed(name -> "same"))
        .hasMessage("\"fc.bias\" and \"fc.weight\" are both renamed to \"same\"");
    assertThatThrownBy(() -> tensors.permuted("fc.weight", 0, 0))
        .hasMessage("axes of \"fc.weight\" F32 (2, 3) have no order [0, 0]");
    assertThatThrownBy(() -> tensors.read("fc/kernel"))
        .hasMessageContaining("holds no \"fc/kernel\"; it has fc.bias, fc.weight");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | is F32 (2,), 8"
            + " bytes, and lies in bytes [0, 4]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}"
            + " | 6 | \"b\" begins at byte 2, and \"a\" ends at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | \"a\" begins at"
            + " byte 4, and the header ends at byte 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | holds 3 bytes of"
            + " numbers, and its header names 4: it was cut off",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 9 | holds 9 bytes of"
            + " numbers, and its header names 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | has the shape"
            + " [-1]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e3],\"data_offsets\":[0,4]}} | 4 | has shape"
            + " [1000.0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,4]}} | 4 |"
            + " more than any file holds",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} | 4 |"
            + " has shape [99999999999999999999]",
        "{\"a\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | is of the unknown"
            + " type \"Q4\"",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}} | 4 | \"a\" has no shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},\"a\":{}} | 4 | Duplicate"
            + " field 'a'",
        "{\"a\":NaN} | 0 | has a header that is no JSON",
        "[1] | 0 | has a header that is no JSON object",
        "{\"__metadata__\":{\"x\":1}} | 0 | has metadata \"x\" that is no text",
      })
  void open_ofADamagedHeader_saysWhatIsWrong(String header, int bytes, String problem) {
    TensorBytes.safetensors(file(), header, new byte[bytes]);

    assertThatThrownBy(() -> TensorFile.open(file()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; nothing was loaded; take another copy");
  }

  @Test
  void open_ofWhatIsNoTensorFile_isRefusedWithoutTakingItsWord() {
    TensorBytes.write(file(), TensorBytes.lengthOf(1L << 40), new byte[10]);
    assertThatThrownBy(() -> TensorFile.open(file()))
        .hasMessageContaining(
            "gives its header 1099511627776 bytes, and there are 10 behind that number");
    TensorBytes.write(file(), TensorBytes.lengthOf(-1), new byte[10]);
    assertThatThrownBy(() -> TensorFile.open(file()))
        .hasMessageContaining("gives its header 18446744073709551615 bytes");
    TensorBytes.write(file(), new byte[3]);
    assertThatThrownBy(() -> TensorFile.open(file())).hasMessageContaining("holds 3 bytes");
    TensorBytes.write(file(), TensorBytes.lengthOf(2), new byte[] {(byte) 0xff, (byte) 0xff});
    assertThatThrownBy(() -> TensorFile.open(file())).hasMessageContaining("that is no UTF-8");
    assertThatThrownBy(() -> TensorFile.open(folder))
        .hasMessage(folder + ": is no file; give a file of safetensors, or an .npz of NumPy");
    assertThatThrownBy(() -> TensorFile.open(folder.resolve("none")))
        .hasMessageContaining("does not exist");
  }

  @Test
  void open_ofADamagedArchive_saysWhatIsWrong() {
    byte[] whole = TensorBytes.npy("<f4", "(2, 3)", TensorBytes.floats(1, 2, 3, 4, 5, 6));
    TensorBytes.npz(file(), Map.of("a", Arrays.copyOf(whole, whole.length - 1)));
    assertThatThrownBy(() -> TensorFile.open(file()))
        .hasMessage(file() + ": cannot be read of its array a.npy: it is cut");
    for (String shape : List.of("(x,)", "(-1,)", "(99999999999999999999,)")) {
      TensorBytes.npz(file(), Map.of("a", TensorBytes.npy("<f4", shape, new byte[4])));
      assertThatThrownBy(() -> TensorFile.open(file()))
          .hasMessageContaining("its shape is " + shape);
    }
    TensorBytes.npz(
        file(), Map.of("a", TensorBytes.npy("<f4", "(9999999999, 9999999999)", new byte[4])));
    assertThatThrownBy(() -> TensorFile.open(file()))
        .hasMessageContaining("more than any file holds");
    TensorBytes.npz(file(), Map.of("a", TensorBytes.npy("|O", "(1,)", new byte[4])));
    assertThatThrownBy(() -> TensorFile.open(file()))
        .hasMessageContaining("it holds no plain numbers");
  }

  @Test
  void read_ofATypeWithoutAFormHere_isRefusedByName() {
    String header = "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    TensorBytes.safetensors(file(), header, new byte[1]);
    TensorFile tensors = TensorFile.open(file());

    assertThat(tensors.type("a")).isEqualTo("F8_E4M3");
    assertThat(tensors.shape("a")).isEqualTo(Shape.of(1));
    assertThatThrownBy(() -> tensors.read("a"))
        .hasMessageContaining("\"a\" is of type F8_E4M3, which is not read; nothing was loaded");
  }
}
