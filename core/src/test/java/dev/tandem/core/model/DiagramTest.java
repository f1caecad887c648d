package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DiagramTest {

  /** A frozen model called on x, beside a layer of it called directly. */
  private static Model nested() {
    Dense shared = Dense.units(2).named("shared");
    Model inner = Model.sequential("inner", Input.of("i", 2), Flatten.of().named("f"), shared);
    Input x = Input.of("x", 2);
    Model model =
        Model.of("outer", x, Add.of().named("sum").apply(inner.apply(x), shared.apply(x)));
    inner.setTrainable(false);
    return model;
  }

  @Test
  void toDot_ofANestedModel_drawsAClusterAndMarksWhatIsFrozen() {
    assertThat(nested().toDot())
        .isEqualTo(
            """
            digraph "outer" {
              label="outer";
              labelloc=t;
              node [shape=box, style=rounded];
              n1 [label="x\\nInput\\n(batch, 2)"];
              subgraph cluster_n2 {
                label="inner (frozen)";
                style=dashed;
                n3 [label="f\\nFlatten\\n(batch, 2)"];
                n4 [label="shared\\nDense\\n(batch, 2)\\nfrozen", style="rounded,dashed"];
              }
              n5 [label="shared\\nDense\\n(batch, 2)"];
              n6 [label="sum\\nAdd\\n(batch, 2)", peripheries=2];
              n1 -> n3;
              n3 -> n4;
              n1 -> n5;
              n4 -> n6;
              n5 -> n6;
            }
            """);
  }

  @Test
  void toMermaid_ofANestedModel_drawsASubgraphAndMarksWhatIsFrozen() {
    assertThat(nested().toMermaid())
        .isEqualTo(
            """
            flowchart TB
              subgraph n0["outer"]
                n1["x<br/>Input<br/>(batch, 2)"]
                subgraph n2["inner (frozen)"]
                  n3["f<br/>Flatten<br/>(batch, 2)"]
                  n4["shared<br/>Dense<br/>(batch, 2)<br/>frozen"]
                end
                n5["shared<br/>Dense<br/>(batch, 2)"]
                n6[["sum<br/>Add<br/>(batch, 2)"]]
              end
              n1 --> n3
              n3 --> n4
              n1 --> n5
              n4 --> n6
              n5 --> n6
              classDef frozen stroke-dasharray: 4 4
              class n2,n4 frozen
            """);
  }

  @Test
  void diagrams_ofOddNames_areEscaped() {
    Model model =
        Model.sequential("say \"hi\"\\", Input.of("a\nb", 1), Dense.units(1).named("<`x`; #1>\"]"));

    assertThat(model.toDot())
        .contains("digraph \"say \\\"hi\\\"\\\\\" {")
        .contains("[label=\"a\\nb\\nInput\\n(batch, 1)\"]")
        .contains("[label=\"<`x`; #1>\\\"]\\nDense");
    assertThat(model.toMermaid())
        .contains("[\"say #34;hi#34;#92;\"]")
        .contains("[\"a<br/>b<br/>Input")
        .contains("#60;#96;x#96;#59; #35;1#62;#34;#93;<br/>Dense");
  }

  @Test
  void diagrams_ofAModelCalledTwice_haveABoxForEachCall() {
    Model inner = Model.sequential("inner", Input.of("i", 2), Dense.units(2).named("d"));
    Input x = Input.of("x", 2);
    SymbolicTensor once = inner.apply(x);
    Model model = Model.of("m", List.of(x), List.of(once, inner.apply(once)));

    for (String text : List.of(model.toDot(), model.toMermaid())) {
      assertThat(count("subgraph \\w+.*\\binner\\b|label=\"inner\"", text)).isEqualTo(2);
      assertThat(count("\"d(\\\\n|<br/>)Dense", text)).isEqualTo(2);
      assertThat(count(" --?> ", text)).as("arrows").isEqualTo(2);
    }
    assertThat(count("peripheries=2", model.toDot())).as("outputs").isEqualTo(2);
  }

  @Test
  void diagrams_everyArrow_joinsBoxesThatAreDrawn() {
    String dot = nested().toDot();
    Matcher arrows = Pattern.compile("(n\\d+) -> (n\\d+);").matcher(dot);
    while (arrows.find()) {
      assertThat(dot).contains(arrows.group(1) + " [").contains(arrows.group(2) + " [");
    }
    assertThat(count("\\{", dot)).isEqualTo(count("}", dot));
  }

  private static long count(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
