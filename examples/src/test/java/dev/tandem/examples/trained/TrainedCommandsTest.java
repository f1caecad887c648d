package dev.tandem.examples.trained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.io.TensorFile;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.examples.Cli;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.gan.config.Config;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is made with generators and runs, and what is said where there are none. */
class TrainedCommandsTest {

  @TempDir Path directory;
  private Path model;

  @BeforeEach
  void saveAModel() {
    Input noise = Input.of("noise", 4);
    Model net =
        Model.sequential(
            "tiny",
            noise,
            Dense.units(6 * 5 * 3).activation(Activations.tanh()),
            Reshape.of(6, 5, 3));
    model = directory.resolve("model");
    ModelFile.save(net.initialize(1), model);
  }

  private Path out() {
    return directory.resolve("out");
  }

  private Cli on(String command, Path place, Object... more) {
    Stream<String> rest = Stream.of(more).map(Object::toString);
    return Cli.run(
        Stream.concat(Stream.of(command, place.toString()), rest).toArray(String[]::new));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertRefused(Cli cli, int exitCode, String... words) {
    assertThat(cli.exitCode()).isEqualTo(exitCode);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(words);
  }

  @Test
  void sample_ofAModel_leavesPicturesOfItsSize() throws IOException {
    Cli cli = on("sample", model, "--count", 3, "--out", out());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("3 samples  " + out());
    assertThat(names(out())).containsExactly("000001.png", "000002.png", "000003.png");
    BufferedImage picture = ImageIO.read(out().resolve("000001.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(5);
    assertThat(picture.getHeight()).isEqualTo(6);
  }

  @Test
  void sample_ofOneSeed_isTheSameHoweverManyThereAre() throws IOException {
    on("sample", model, "--count", 2, "--seed", 5, "--out", out());
    on("sample", model, "--count", 100, "--seed", 5, "--out", directory.resolve("more"));
    on("sample", model, "--count", 2, "--seed", 6, "--out", directory.resolve("others"));

    assertThat(directory.resolve("more/000002.png"))
        .hasSameBinaryContentAs(out().resolve("000002.png"));
    assertThat(Files.readAllBytes(directory.resolve("others/000002.png")))
        .isNotEqualTo(Files.readAllBytes(out().resolve("000002.png")));
  }

  @Test
  void folder_calledAsAFile_isRefused() {
    Path file = directory.resolve("grid.png");

    assertRefused(on("sample", model, "--grid", "--out", file), 1, "leave the ending away");
    assertRefused(on("interpolate", model, "--out", file), 1, "leave the ending away");
    assertThat(file).doesNotExist();
  }

  @Test
  void sample_inAGrid_isOnePicture() throws IOException {
    on("sample", model, "--count", 3, "--grid", "--out", out());

    assertThat(names(out())).containsExactly("samples-seed1.png");
    BufferedImage picture = ImageIO.read(out().resolve("samples-seed1.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(15);
  }

  @Test
  void sample_ofClasses_takesThoseThatWereAskedFor() throws IOException {
    Input noise = Input.of("noise", 4);
    Input label = Input.of("label", Shape.scalar(), DataType.INT32);
    Model told =
        Model.of(
            "told",
            List.of(noise, label),
            List.of(
                Reshape.of(2, 2, 1)
                    .apply(
                        Dense.units(4)
                            .apply(
                                Concatenate.of().apply(noise, Embedding.of(3, 2).apply(label))))));
    Path place = directory.resolve("told");
    ModelFile.save(told.initialize(1), place);

    assertThat(on("sample", place, "--count", 2, "--class", "1,2", "--out", out()).err()).isEmpty();
    assertRefused(on("sample", model, "--class", "1"), 2, "not told classes; leave --class out");
    assertRefused(on("sample", place, "--class", "-1"), 2, "class -1 is not in [0, ");
    assertRefused(
        on("sample", place, "--class", "dog"), 2, "\"dog\" is no number, and the classes");
    Files.writeString(
        directory.resolve("generator.json"),
        "{\"version\": 1, \"classes\": 3, \"names\": [\"cat\", \"dog\", \"7\"]}");
    Path named = directory.resolve("named");
    assertThat(on("sample", place, "--count", 2, "--class", "dog,7", "--out", named).err())
        .isEmpty();
    for (String name : names(out())) {
      assertThat(named.resolve(name)).hasSameBinaryContentAs(out().resolve(name));
    }
    assertRefused(
        on("sample", place, "--class", "bird"),
        2,
        "class \"bird\" is neither a number nor one of [cat, dog, 7]");
    assertThat(on("summary", place).out()).contains("classes 3: cat, dog, 7");
  }

  @Test
  void interpolation_leavesAGridAndAnAnimation() throws IOException {
    Cli cli = on("interpolate", model, "--count", 2, "--steps", 4, "--out", out());

    assertThat(cli.err()).isEmpty();
    assertThat(names(out())).containsExactly("interpolation.gif", "interpolation.png");
    var reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (var stream = ImageIO.createImageInputStream(out().resolve("interpolation.gif").toFile())) {
      reader.setInput(stream);
      assertThat(reader.getNumImages(true)).isEqualTo(6);
    }
    assertRefused(on("interpolate", model, "--steps", 1), 2, "--steps is not at least 2");
    assertThat(GeneratorFile.load(model).fillsACube()).isFalse();
    Files.writeString(
        directory.resolve("generator.json"),
        "{\"version\": 1, \"latent\": {\"type\": \"uniform_latent\", \"shape\": [4],"
            + " \"low\": -1.0, \"high\": 1.0}}");
    assertThat(GeneratorFile.load(model).fillsACube()).isTrue();
  }

  @Test
  void way_onASphere_keepsLengthAndEnds() {
    INDArray from = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 2}, {1, 1}});
    INDArray to = Nd4j.createFromArray(new float[][] {{0, 1}, {2, 0}, {1, 1}});

    INDArray middle = Slerp.between(from, to, 0.5);

    assertThat(Slerp.between(from, to, 0)).isEqualTo(from);
    assertThat(Slerp.between(from, to, 1).equalsWithEps(to, 1e-6)).isTrue();
    assertThat(middle.getDouble(0, 0)).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(middle.getRow(1).norm2Number().doubleValue()).isCloseTo(2, within(1e-6));
    assertThat(middle.getRow(2)).isEqualTo(Nd4j.createFromArray(1f, 1f));
    assertThat(Slerp.straight(from, to, 0.5).getRow(1)).isEqualTo(Nd4j.createFromArray(1f, 1f));
  }

  @Test
  void place_withoutAGenerator_isRefused() throws IOException {
    Path unfinished = Files.createDirectories(directory.resolve("run/checkpoints")).getParent();
    Path picture = directory.resolve("compare.png");

    assertRefused(on("sample", directory), 1, "holds neither a run (generator/) nor a model");
    assertRefused(
        on("sample", unfinished), 1, "has no generator/, which comes with each", "--resume");
    assertRefused(on("evaluate", directory), 1, "holds neither a run");
    assertRefused(on("compare", directory, "--out", picture), 1, "holds no metrics.jsonl");
    Path nowhere = directory.resolve("nowhere");
    for (String command : List.of("sample", "summary", "evaluate", "interpolate", "compare")) {
      assertRefused(on(command, nowhere), 1, "nowhere: does not exist; give the folder");
    }
    Files.writeString(directory.resolve("config.yaml"), "preset: dcgan\n");
    assertRefused(on("sample", directory), 1, "has not come to its first checkpoint");
    Files.delete(directory.resolve("config.yaml"));
    Files.writeString(
        unfinished.resolve("metrics.jsonl"), "{\"round\":1}\nnonsense\n{\"round\":3}\n");
    assertRefused(on("compare", unfinished), 1, "line 2 is no JSON object with a round");
    Files.writeString(unfinished.resolve("metrics.jsonl"), "");
    assertRefused(on("compare", unfinished), 1, "holds no line yet");
    Files.writeString(unfinished.resolve("metrics.jsonl"), "{\"round\":1,\"d_l");
    assertRefused(on("compare", unfinished), 1, "holds but one line, which is cut off", "--resume");
    assertThat(picture).doesNotExist();
  }

  @Test
  void run_onPoints_isEvaluatedComparedAndSummarized() throws IOException {
    Path run = directory.resolve("run");
    Cli gan =
        Cli.run(
            "gan",
            "--preset",
            "r3gan",
            "--batch",
            "8",
            "--data",
            "ring8-pacgan",
            "--steps",
            "4",
            "--log-every",
            "1",
            "--metrics",
            "swd:50@2",
            "--out",
            run.toString());
    assertThat(gan.err()).isEmpty();

    Cli evaluated = on("evaluate", run, "--metrics", "swd:50,fid:100");
    Cli compared = on("compare", run, run, "--out", directory.resolve("compare.png"));
    Cli summary = on("summary", run);
    Cli sampled = on("sample", run, "--count", 5, "--out", out());

    assertThat(evaluated.err()).isEmpty();
    String measured =
        gan.out().lines().filter(line -> line.startsWith("SWD ")).findFirst().orElseThrow();
    assertThat(evaluated.out()).contains(measured, "FID ", " in points", "ring8-pacgan modes=");
    assertThat(compared.out().lines().limit(2)).allMatch(line -> line.length() > 60);
    assertThat(compared.out()).contains("swd_points", "curves  ");
    assertThat(ImageIO.read(directory.resolve("compare.png").toFile()).getHeight())
        .isEqualTo(3 * 360);
    assertThat(compared.out()).doesNotContain("cut off");
    Files.writeString(run.resolve("metrics.jsonl"), "{\"rou", StandardOpenOption.APPEND);
    assertThat(on("compare", run, "--out", directory.resolve("compare.png")).out())
        .contains(
            "metrics.jsonl: line 5, the last one, is cut off and left out, as of a run that was"
                + " killed or goes on now");
    assertThat(summary.out()).contains("name: ring8-pacgan", "d_r1 ", "Model: \"generator\"");
    assertThat(sampled.out()).contains("samples.csv");
    assertThat(Files.readAllLines(out().resolve("samples.csv"))).hasSize(5);
    assertRefused(
        on("compare", run, "--curves", "d_los"), 2, "--curves d_los is no number", "d_loss");
    assertRefused(on("evaluate", run, "--data", "mnist"), 2, "makes samples (2,), and those of");
    assertRefused(on("interpolate", run), 2, "makes points");
  }

  @Test
  void runThatTranslates_translatesPicturesAsItsOwn() throws IOException {
    Path run = directory.resolve("translating");
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      BufferedImage picture = new BufferedImage(20 + i, 16, BufferedImage.TYPE_INT_RGB);
      picture.createGraphics().fillOval(2, 2, 9 + i, 11);
      ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
    }
    Stream<String> options =
        Stream.of("--size", "16", "--filters", "2", "--batch", "1", "--steps", "1");
    Stream<String> places =
        Stream.of("gan", "--preset", "cyclegan", "--data", "" + pictures, "--out", "" + run);
    Cli gan = Cli.run(Stream.concat(places, options).toArray(String[]::new));
    assertThat(gan.err()).isEmpty();
    assertThat(gan.out()).contains("generator (tandem sample --data PICTURES)");

    Cli all = on("sample", run, "--data", pictures, "--out", out());
    Cli back = on("sample", run, "--data", pictures, "--back", "--grid", "--count", 2);

    assertThat(all.err()).isEmpty();
    assertThat(names(out())).containsExactly("000001.png", "000002.png", "000003.png");
    assertThat(ImageIO.read(out().resolve("000001.png").toFile()).getWidth()).isEqualTo(16);
    assertThat(back.out())
        .contains(directory.resolve("translating-samples/translations.png").toString());
    assertRefused(on("sample", run), 1, "makes images of images", " --data PICTURES' translates");
    assertRefused(on("sample", model, "--data", pictures), 2, "--data is for runs that translate");
    assertRefused(on("sample", model, "--back"), 1, "only cyclegan learns a way back");
    assertThat(on("summary", run).out()).doesNotContain("noise ");
  }

  @Test
  void summary_ofAModel_isItsLayers() {
    assertThat(on("summary", model).out()).contains("Model: \"tiny\"", "(batch, 6, 5, 3)");
  }

  @Test
  void export_leavesOneFileBesideTheModel() throws Exception {
    for (String format : List.of("onnx", "safetensors", "npz")) {
      Cli cli = on("export", model, "--to", format);

      assertThat(cli.err()).isEmpty();
      assertThat(cli.out()).startsWith(format + "  " + directory.resolve("model." + format) + "  ");
    }
    on("export", model, "--to", "samediff", "--batch", 2, "--out", directory.resolve("two.fb"));

    assertThat(names(directory))
        .containsExactly("model", "model.npz", "model.onnx", "model.safetensors", "two.fb");
    assertThat(TensorFile.open(directory.resolve("model.safetensors")).names())
        .isEqualTo(TensorFile.open(directory.resolve("model.npz")).names())
        .hasSize(2);
    try (OrtSession net =
        OrtEnvironment.getEnvironment().createSession(directory.resolve("model.onnx").toString())) {
      assertThat(net.getInputNames()).containsExactly("noise");
      assertThat(net.getMetadata().getCustomMetadata()).containsEntry("generator", "tiny");
    }
  }

  @Test
  void generatorOfARunWithoutNumbersYet_isExportedAndSummedUp() throws IOException {
    for (String text : List.of("", "{\"round\":1,\"d_lo")) {
      Files.writeString(directory.resolve("model/metrics.jsonl"), text);

      assertThat(on("export", model, "--to", "npz").err()).isEmpty();
      assertThat(on("summary", model).out()).contains("Model: \"tiny\"");
    }
    assertThat(names(directory)).contains("model.npz");
  }

  @Test
  void export_toAHub_leavesWeightsConfigAndACardThatNamesNoPlace() throws IOException {
    Config.preset("dcgan")
        .set("data.name", "\"/home/me/my|cats\"", "test")
        .set("batch", "8", "test")
        .set("seed", "3", "test")
        .write(directory.resolve("model/config.yaml"));
    Files.writeString(
        directory.resolve("model/metrics.jsonl"),
        "{\"round\":5,\"images\":40,\"seconds\":2.5,\"d_loss\":1.0,\"fid_random_conv\":6.25}\n");

    Cli cli = on("export", model, "--to", "huggingface", "--with-onnx", "--out", out());

    assertThat(cli.err()).isEmpty();
    assertThat(names(out()))
        .containsExactly("README.md", "config.json", "model.onnx", "model.safetensors");
    assertThat(Files.readString(out().resolve("README.md")))
        .startsWith("---\nlibrary_name: tandem\nlicense: other\nlicense_name: not-stated\n")
        .contains(
            "# tiny\n",
            "| in | `noise` | (batch, 4) | float32 |",
            "onnxruntime.InferenceSession('model.onnx')",
            "| preset | `dcgan` |",
            "| data | `my\\|cats` |",
            "| batch | `8` |",
            "| `fid_random_conv` | 6.250 |",
            "**Not stated.**")
        .doesNotContain("/home/me");
    JsonNode config = new JsonMapper().readTree(out().resolve("config.json").toFile());
    assertThat(config.at("/inputs/noise/shape").toString()).isEqualTo("[\"batch\",4]");
    assertThat(config.at("/training/preset").asText()).isEqualTo("dcgan");
    assertThat(config.at("/parameters").asInt()).isEqualTo(450);
    assertThat(TensorFile.open(out().resolve("model.safetensors")).metadata())
        .containsEntry("data", "my|cats");
  }

  @Test
  void export_ofWhatDoesNotGoTogether_isRefused() {
    assertRefused(on("export", model), 2, "--to");
    assertRefused(on("export", model, "--to", "onnx", "--batch", 2), 2, "batches of any size");
    assertRefused(on("export", model, "--to", "npz", "--with-onnx"), 2, "--to huggingface");
    assertRefused(on("export", model, "--to", "onnx", "--out", model), 1, "is a folder, and onnx");
    assertRefused(on("export", directory, "--to", "onnx"), 1, "holds neither a run");
  }
}
