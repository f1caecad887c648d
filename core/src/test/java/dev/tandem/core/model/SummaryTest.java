package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.print.Summary;
import dev.tandem.core.model.print.Summary.Moves;
import dev.tandem.core.model.print.Summary.Row;
import dev.tandem.core.model.print.Summary.Size;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class SummaryTest {

  private static Row row(Summary summary, String name) {
    return summary.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void summary_ofAChain_isATable() {
    Model model =
        Model.sequential(
            "net",
            Input.of("image", 28, 28, 1),
            Flatten.of().named("flat"),
            Dense.units(16).named("hidden").trainable(false),
            BatchNormalization.of().named("norm"),
            Dense.units(10).named("logits"));

    assertThat(model.summary().toString())
        .isEqualTo(
            """
            Model: "net"
            ________________________________________________________________________________________
            Layer (type)                Output Shape         Param #   Connected to   Trainable
            ========================================================================================
            image (Input)               (batch, 28, 28, 1)         0   -              -
            flat (Flatten)              (batch, 784)               0   image          -
            hidden (Dense)              (batch, 16)           12,560   flat           N
            norm (BatchNormalization)   (batch, 16)               64   hidden         Y
            logits (Dense)              (batch, 10)              170   norm           Y
            ________________________________________________________________________________________
            Total params: 12,794 (49.98 KB)
            Trainable params: 202 (808.00 B)
            Non-trainable params: 12,592 (49.19 KB)
            """
                .replaceAll("_{20,}", "_".repeat(83))
                .replaceAll("={20,}", "=".repeat(83)));
  }

  @Test
  void summary_ofAFrozenModel_saysSoAndMovesNothing() {
    Model model = Model.sequential("net", Input.of("x", 2), Dense.units(3).named("d"));
    model.setTrainable(false);

    Summary summary = model.summary();

    assertThat(summary.toString()).startsWith("Model: \"net\" (frozen)\n");
    assertThat(row(summary, "d").trainable()).isEqualTo(Moves.NO);
    assertThat(summary.trainable()).isEqualTo(new Size(0, 0));
    assertThat(summary.nonTrainable()).isEqualTo(summary.total()).isEqualTo(new Size(9, 36));
  }

  @Test
  void summary_ofASharedLayer_listsItsCallsAndCountsItOnce() {
    Input a = Input.of("a", 32);
    Input b = Input.of("b", 32);
    Dense shared = Dense.units(16).named("shared");
    SymbolicTensor both = Concatenate.of().named("both").apply(shared.apply(a), shared.apply(b));
    SymbolicTensor last = Dense.units(5).named("last").apply(both);
    Model model = Model.of("siamese", List.of(a, b), List.of(both, last));

    Summary summary = model.summary();

    assertThat(summary.rows())
        .extracting(Row::name)
        .containsExactly("a", "b", "shared", "both", "last");
    assertThat(row(summary, "shared").calls())
        .extracting(call -> call.inputs().get(0))
        .containsExactly("a", "b");
    assertThat(row(summary, "both").calls().get(0).inputs())
        .containsExactly("shared[0][0]", "shared[1][0]");
    assertThat(summary.total().params()).isEqualTo(16 * 33 + 5 * 33);
    assertThat(summary.toString())
        .contains(
            "shared (Dense)       (batch, 16)        528   a                            Y\n"
                + "                     (batch, 16)              b\n");
  }

  @Test
  void summary_ofNestedModels_showsThemAsRowsAndSharedWeightsOnceInTotals() {
    Dense trunk = Dense.units(4).named("trunk");
    Dense head = Dense.units(2).named("head");
    Model inner = Model.sequential("inner", Input.of("i", 4), trunk, head);
    Input x = Input.of("x", 4);
    Model model = Model.of("m", x, inner.apply(trunk.apply(x)));
    inner.setTrainable(false);

    Summary summary = model.summary();

    assertThat(row(summary, "inner").type()).isEqualTo("Model");
    assertThat(row(summary, "inner").params()).isEqualTo(30);
    assertThat(row(summary, "inner").trainable())
        .as("trunk moves by its own call")
        .isEqualTo(Moves.MIXED);
    assertThat(row(summary, "trunk").params()).isEqualTo(20);
    assertThat(row(summary, "trunk").trainable()).isEqualTo(Moves.YES);
    assertThat(summary.total().params()).isEqualTo(30);
    assertThat(summary.trainable().params()).isEqualTo(20);
    assertThat(summary.nonTrainable().params()).isEqualTo(10);
  }

  @Test
  void summary_ofASnapshot_showsWhatItsSelectionMoves() {
    Dense a = Dense.units(2).named("a");
    Dense b = Dense.units(2).named("b");
    Model model = Model.sequential("m", Input.of("x", 2), a, b);

    Summary summary = Snapshot.of(model, Selection.only(b)).summary();

    assertThat(row(summary, "a").trainable()).isEqualTo(Moves.NO);
    assertThat(row(summary, "b").trainable()).isEqualTo(Moves.YES);
    assertThat(row(model.summary(), "a").trainable()).isEqualTo(Moves.YES);
  }

  @Test
  void summary_ofACutInTheMiddle_namesWhereItBegins() {
    Input x = Input.of("x", 2);
    SymbolicTensor hidden = Dense.units(3).named("hidden").apply(x);
    Model head = Model.of("head", hidden, Dense.units(1).named("last").apply(hidden));

    Summary summary = head.summary();

    assertThat(summary.rows()).extracting(Row::name).containsExactly("hidden", "last");
    assertThat(row(summary, "hidden").params()).isZero();
    assertThat(row(summary, "last").calls().get(0).inputs()).containsExactly("hidden");
  }

  @Test
  void summary_ofFloat64Weights_countsEightBytes() {
    Input x = Input.of("x", dev.tandem.core.tensor.Shape.of(255), DataType.DOUBLE);
    Model model = Model.sequential("m", x, Dense.units(512));

    assertThat(model.summary().toString()).contains("Total params: 131,072 (1.00 MB)");
  }
}
