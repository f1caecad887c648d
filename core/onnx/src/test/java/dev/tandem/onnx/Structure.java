package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/** What every ONNX file keeps, whoever runs it. */
final class Structure {

  private Structure() {}

  static ModelProto read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names are given once, nodes stand behind those that they read, and nothing is left over. */
  static void check(Path file) {
    ModelProto model = read(file);
    assertThat(model.getIrVersion()).isEqualTo(9);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(OnnxFile.OPSET);
    GraphProto graph = model.getGraph();
    Set<String> known = new HashSet<>();
    graph.getInputList().forEach(input -> assertThat(known.add(input.getName())).isTrue());
    for (TensorProto tensor : graph.getInitializerList()) {
      assertThat(known.add(tensor.getName())).as(tensor.getName()).isTrue();
      long length = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
      assertThat(tensor.getRawData().size()).isEqualTo(length * width(tensor.getDataType()));
    }
    Set<String> nodes = new HashSet<>();
    Set<String> read = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      assertThat(nodes.add(node.getName())).as(node.getName()).isTrue();
      for (String input : node.getInputList()) {
        assertThat(input.isEmpty() || known.contains(input)).as(node + " reads " + input).isTrue();
        read.add(input);
      }
      node.getOutputList().forEach(output -> assertThat(known.add(output)).as(output).isTrue());
    }
    Set<String> outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    assertThat(known).containsAll(outputs);
    read.addAll(outputs);
    for (TensorProto tensor : graph.getInitializerList()) {
      assertThat(read).contains(tensor.getName());
    }
    for (NodeProto node : graph.getNodeList()) {
      assertThat(node.getOutputList()).as(node.getName()).anyMatch(read::contains);
    }
  }

  private static long width(int type) {
    return switch (TensorProto.DataType.forNumber(type)) {
      case DOUBLE, INT64 -> 8;
      default -> 4;
    };
  }
}
