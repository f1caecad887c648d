package dev.tandem.onnx;

import com.google.common.collect.ImmutableBiMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import onnx.Onnx.ModelProto;

/**
 * Models for programs of any language: a file that ONNX Runtime and other runtimes of ONNX run, and
 * that Netron shows. Inputs and outputs are named as the model's and have its shapes, with an open
 * first axis {@code batch}; weights are named by their paths, nodes by their layers, and layers do
 * what they do in inference.
 */
public final class OnnxFile {

  /** The version of ONNX's ops that files are written in; runtimes since 2024 have it. */
  public static final int OPSET = 20;

  private OnnxFile() {}

  /**
   * Exports a model, in place of an earlier export.
   *
   * @param file usually named {@code *.onnx}
   * @throws IllegalArgumentException if a layer has an op without an ONNX form, or the model is too
   *     large for one file; nothing is written then
   * @throws DataFileException if it cannot be written
   */
  public static void save(Model model, Path file) {
    save(model, Map.of(), file);
  }

  /**
   * Exports a model with facts about it, which the file holds as its metadata.
   *
   * @param facts by name, as in {@code preset} and {@code rounds}
   * @param file usually named {@code *.onnx}
   */
  public static void save(Model model, Map<String, String> facts, Path file) {
    ModelProto exported = export(model, facts);
    WholeFile.write(file, exported::writeTo);
  }

  static ModelProto export(Model model, Map<String, String> facts) {
    model.initializeNew();
    requireKnownOps(model);
    requireOwnNames(model);
    OpenGraph open = OpenGraph.of(model, Converters::keeps);
    ImmutableBiMap.Builder<Variable, String> paths = ImmutableBiMap.builder();
    model.weightsByPath().forEach((path, weight) -> paths.put(weight.variable(), path));
    return new NetFile(model, open, paths.buildOrThrow()).write(facts);
  }

  /** Looks at a batch of two, in which code of users is run with little. */
  private static void requireKnownOps(Model model) {
    OpGraph graph = Expansion.of(Lowering.predictor(model, 2), Converters::keeps);
    TreeSet<String> unknown = new TreeSet<>();
    graph.calls().stream()
        .filter(call -> !Converters.knows(call))
        .forEach(call -> unknown.add(NetWriter.label(call) + ": " + call.op().opName()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          model
              + " cannot be exported: ONNX has no form for the ops of "
              + unknown
              + "; write these layers with Tandem's own ops, or save the model for Java with"
              + " SameDiffFile.save(model, batchSize, file)");
    }
  }

  private static void requireOwnNames(Model model) {
    for (String name : model.outputs().keySet()) {
      if (model.inputs().containsKey(name)) {
        throw new IllegalArgumentException(
            model
                + " cannot be exported: \""
                + name
                + "\" names an input and an output; rename one of them");
      }
    }
  }
}
