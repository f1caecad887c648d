package dev.tandem.examples.trained;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.examples.gan.GeneratorFile;
import java.util.Locale;
import java.util.Map;

/** The README.md of an exported generator, as hubs of models show it. */
final class ModelCard {

  private final StringBuilder text = new StringBuilder();

  private ModelCard() {}

  /**
   * The text of the card.
   *
   * @param onnx whether a file model.onnx lies beside it
   */
  static String of(GeneratorFile generator, RunFacts run, boolean onnx) {
    ModelCard card = new ModelCard();
    card.head(generator);
    card.use(generator, onnx);
    card.training(run);
    card.line("## License");
    card.line("");
    card.line(
        "**Not stated.** This card was written by a program, which does not know what the pictures"
            + " that the generator learned from allow. Whoever shares it puts a license here and in"
            + " the first lines (`license:`).");
    return card.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void head(GeneratorFile generator) {
    line("---");
    line("library_name: tandem");
    line("license: other");
    line("license_name: not-stated");
    if (generator.makesImages()) {
      line("pipeline_tag: unconditional-image-generation");
    }
    line("tags:");
    line("- gan");
    line("- tandem");
    line("---");
    line("");
    line("# " + plain(generator.model().name()));
    line("");
    line(
        "The generator of a generative adversarial network, trained with Tandem."
            + " `model.safetensors` holds its weights by the paths of their layers, `config.json`"
            + " what it takes and gives.");
    line("");
  }

  private void use(GeneratorFile generator, boolean onnx) {
    line("## Use");
    line("");
    line("| | name | shape | type |");
    line("|---|---|---|---|");
    generator.model().inputs().forEach((name, tensor) -> port("in", name, tensor));
    generator.model().outputs().forEach((name, tensor) -> port("out", name, tensor));
    line("");
    if (generator.makesImages()) {
      line("Images have their channels last; black is −1 and white 1.");
      line("");
    }
    if (onnx) {
      Map.Entry<String, SymbolicTensor> noise =
          generator.model().inputs().entrySet().iterator().next();
      String sizes = noise.getValue().shape().sample().toString();
      boolean label = generator.isToldClasses();
      line("```python");
      line("import numpy, onnxruntime");
      line("net = onnxruntime.InferenceSession('model.onnx')");
      line(
          "noise = numpy.random.randn(*(16,) + "
              + sizes
              + ").astype('float32')"
              + generator
                  .latent()
                  .filter(latent -> !latent.toString().toLowerCase(Locale.ROOT).contains("normal"))
                  .map(latent -> "  # trained on " + plain(latent.toString()))
                  .orElse(""));
      String given = "{" + quoted(noise.getKey()) + ": noise";
      if (label) {
        String name = generator.model().inputs().keySet().asList().get(1);
        line("label = numpy.zeros(16, 'int32')");
        given += ", " + quoted(name) + ": label";
      }
      line("samples = net.run(None, " + given + "})[0]");
      line("```");
      line("");
    }
    line("```java");
    line(
        "TensorFile.open(Path.of(\"model.safetensors\")).load(generator); // a model of these"
            + " layers");
    line("INDArray samples = Predictor.of(generator).predict(noise);");
    line("```");
    line("");
  }

  private void port(String way, String name, SymbolicTensor tensor) {
    line(
        "| "
            + way
            + " | "
            + code(name)
            + " | "
            + tensor.shape()
            + " | "
            + HubFolder.type(tensor)
            + " |");
  }

  private void training(RunFacts run) {
    line("## Training");
    line("");
    line("| | |");
    line("|---|---|");
    run.facts().forEach((name, value) -> line("| " + name + " | " + code(value) + " |"));
    run.machine().forEach((name, value) -> line("| " + name + " | " + code(value) + " |"));
    line("");
    line("## Scores");
    line("");
    if (run.scores().isEmpty()) {
      line("None were measured.");
    } else {
      line(
          "The last that were measured on the way. Their names end in what they look through; they"
              + " compare with scores of the same data, extractor and number of samples alone.");
      line("");
      line("| | |");
      line("|---|---|");
      run.scores().forEach((name, value) -> line("| " + code(name) + " | " + value + " |"));
    }
    line("");
    run.settings()
        .ifPresent(
            settings -> {
              line("<details><summary>All settings of the run</summary>");
              line("");
              line("````yaml");
              line(settings.replace("````", "` ` ` `"));
              line("````");
              line("");
              line("</details>");
              line("");
            });
  }

  private static String quoted(String name) {
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A text of others in a line of a table. */
  private static String code(String value) {
    return "`" + value.replaceAll("[\\r\\n`]", " ").replace("|", "\\|") + "`";
  }

  private static String plain(String value) {
    return value.replaceAll("[\\r\\n]", " ").replaceAll("([\\\\`*_<>\\[\\]#])", "\\\\$1");
  }
}
