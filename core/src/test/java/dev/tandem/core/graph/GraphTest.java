package dev.tandem.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {

  /** An operation with nothing to it but calls. */
  private record Box(String name) implements Operation {

    /** A call with outputs like its first input. */
    Node on(int outputs, SymbolicTensor... inputs) {
      List<TensorSpec> specs = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        specs.add(inputs[0].spec());
      }
      return Node.call(this, List.of(inputs), specs);
    }

    @Override
    public SymbolicTensor apply(SymbolicTensor... inputs) {
      return on(1, inputs).outputs().get(0);
    }

    @Override
    public List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
      return List.of(apply(inputs.toArray(SymbolicTensor[]::new)));
    }

    @Override
    public boolean isBuilt() {
      return true;
    }

    @Override
    public boolean isTrainable() {
      return false;
    }

    @Override
    public void setTrainable(boolean trainable) {}
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(node -> node.operation().name()).toList();
  }

  private static Graph between(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    return Graph.between("It", inputs, outputs);
  }

  @Test
  void nodes_ofADiamond_areOrderedOnceLeftToRight() {
    Input x = Input.of("x", 1);
    SymbolicTensor top = new Box("top").apply(x);
    SymbolicTensor left = new Box("left").apply(top);
    SymbolicTensor right = new Box("right").apply(top);
    SymbolicTensor bottom = new Box("bottom").apply(left, right);

    assertThat(names(between(List.of(x), List.of(bottom, right))))
        .containsExactly("top", "left", "right", "bottom");
  }

  @Test
  void nodes_notNeeded_areLeftOut() {
    Input x = Input.of("x", 1);
    SymbolicTensor needed = new Box("needed").apply(x);
    new Box("other").apply(needed);

    assertThat(names(between(List.of(x), List.of(needed)))).containsExactly("needed");
  }

  @Test
  void between_manyCalls_needsNoDeepStack() {
    Input x = Input.of("x", 1);
    Box box = new Box("box");
    SymbolicTensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = box.apply(y);
    }

    assertThat(between(List.of(x), List.of(y)).nodes()).hasSize(100_000);
  }

  @Test
  void interpret_fromInputs_givesEveryTensorAMeaning() {
    Input x = Input.of("x", 1);
    Node two = new Box("two").on(2, x);
    SymbolicTensor last = new Box("last").apply(two.outputs().get(1), x);
    Graph graph = between(List.of(x), List.of(last));

    Map<SymbolicTensor, String> meanings =
        graph.interpret(
            Map.of(x, "x"),
            (node, in) ->
                node.outputs().stream()
                    .map(out -> node.operation().name() + out.index() + in)
                    .toList());

    assertThat(meanings.get(last)).isEqualTo("last0[two1[x], x]");
    assertThat(meanings.get(two.outputs().get(0))).isEqualTo("two0[x]");
  }

  @Test
  void interpret_ofACutInTheMiddle_takesTheGivenMeaning() {
    Input x = Input.of("x", 1);
    SymbolicTensor middle = new Box("middle").apply(x);
    SymbolicTensor last = new Box("last").apply(middle);
    Graph graph = between(List.of(middle), List.of(last));

    assertThat(names(graph)).containsExactly("last");
    assertThat(graph.interpret(Map.of(middle, 1), (node, in) -> List.of(in.get(0) + 1)).get(last))
        .isEqualTo(2);
  }

  @Test
  void between_severalMissingInputs_namesThemAndTheirReaders() {
    Input a = Input.of("a", 1);
    Input b = Input.of("b", 1);
    Input c = Input.of("c", 2);
    SymbolicTensor left = new Box("left").apply(a);
    SymbolicTensor bottom = new Box("bottom").apply(left, new Box("right").apply(b));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(List.of(a), List.of(bottom, c)))
        .withMessage(
            "It cannot be computed from [a]: Box \"right\" reads \"b\" float32 (batch, 1) and an"
                + " output is \"c\" float32 (batch, 2), which are not given; layers reached without"
                + " them: [left]; add \"b\" and \"c\" to the model's inputs");
  }

  @Test
  void between_nothingReached_saysSo() {
    Input a = Input.of("a", 1);
    Input b = Input.of("b", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(List.of(a), List.of(new Box("sum").apply(a, b))))
        .withMessageContaining("no layer is reached without it; add \"b\"");
  }

  @Test
  void between_anInputTwice_isRefused() {
    Input a = Input.of("a", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(List.of(a, a), List.of(new Box("box").apply(a))))
        .withMessage("It was given an input twice: input \"a\" float32 (batch, 1); name it once");
  }

  @Test
  void between_inputAndLayerOfOneName_isRefused() {
    Input a = Input.of("a", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(List.of(a), List.of(new Box("a").apply(a))))
        .withMessage(
            "It has 2 layers named \"a\" (Input, Box); give each a name"
                + " of its own: layer.named(\"...\") before its first call, model.renamed(\"...\"), or ModelFile.load(directory, \"prefix_\") for what comes from a file");
  }
}
