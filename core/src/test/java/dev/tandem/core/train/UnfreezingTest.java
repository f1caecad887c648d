package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.Restored;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.callback.GradualUnfreezing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning by phases: unfreezing in a fit, and checkpoints of one phase in the next. */
class UnfreezingTest {

  private static final Dataset ONE =
      Dataset.builder().input("x", column(1)).target("head", column(0)).build();

  /** A trunk of two weights, nested, and a head. */
  private static Model net() {
    Model trunk = Model.sequential("trunk", Input.of("x", 1), times("low", 1), times("top", 1));
    Input x = Input.of("x", 1);
    return Model.of("net", x, times("head", 1).apply(trunk.apply(x)));
  }

  private static Model trunk(Model net) {
    return (Model) net.layers().stream().filter(Model.class::isInstance).findFirst().orElseThrow();
  }

  private static Training recipe() {
    return Training.with(Adam.rate(.01)).loss(Losses.meanSquaredError()).seed(1);
  }

  @Test
  void fit_withUnfreezing_movesMoreFromEachEpochOn() {
    Model net = net();
    Model trunk = trunk(net);
    Layer top = trunk.layer("top");
    List<String> moved = new ArrayList<>();
    Callback notes =
        new Callback() {
          @Override
          public void onEpoch(FitProgress progress) {
            moved.add(progress.trainer().moves().stream().map(w -> w.owner().name()).toList() + "");
          }
        };
    Trainer first = net.compile(recipe().only(net.layer("head")));
    History history =
        first.fit(ONE, Fit.epochs(4).callbacks(notes, GradualUnfreezing.at(1, top).and(3, trunk)));

    assertThat(moved).containsExactly("[head]", "[top, head]", "[top, head]", "[low, top, head]");
    assertThat(weight(trunk.layer("low"))).isNotEqualTo(1);
    Trainer last = history.trainer();
    assertThat(last.steps()).isEqualTo(4);
    assertThat(last.state().counts()).containsValues(3L, 1L);
    assertThatThrownBy(() -> first.predict(column(1))).hasMessageContaining("was recompiled");
    assertThat(last.summary(true).toString())
        .contains("trunk/low (Dense)")
        .containsPattern("trunk/top \\(Dense\\).*Y");
  }

  /** The same as by hand: compile again after each phase. */
  @Test
  void unfreezing_hasTheBitsOfCompilingAgain() {
    Model byHand = net();
    Trainer trainer = byHand.compile(recipe().only(byHand.layer("head")));
    trainer.fit(ONE, Fit.epochs(2));
    trainer = trainer.recompile(recipe());
    trainer.fit(ONE, Fit.epochs(2));
    Model unfrozen = net();
    unfrozen
        .compile(recipe().only(unfrozen.layer("head")))
        .fit(ONE, Fit.epochs(4).callbacks(GradualUnfreezing.at(2, trunk(unfrozen))));

    Toys.assertClose(Toys.values(unfrozen), Toys.values(byHand), 0);
  }

  @Test
  void unfreezing_ofWhatFlagsHold_isRefused() {
    Model net = net();
    Model trunk = trunk(net);
    trunk.setTrainable(false);
    Trainer trainer = net.compile(recipe());

    assertThatThrownBy(
            () -> trainer.fit(ONE, Fit.epochs(3).callbacks(GradualUnfreezing.at(1, trunk))))
        .hasMessageContaining("lets nothing move in Model \"net\" that did not move before");
    trainer.trainOnBatch(column(1), column(0));
    assertThatThrownBy(() -> GradualUnfreezing.at(0, trunk)).hasMessageContaining("epoch 0");
    assertThatThrownBy(() -> GradualUnfreezing.at(1)).hasMessageContaining("nothing is unfrozen");
  }

  @Test
  void checkpointOfOnePhase_restoresIntoTheNext(@TempDir Path folder) {
    Model net = net();
    Trainer head = net.compile(recipe().only(net.layer("head")));
    head.trainOnBatch(column(1), column(0));
    head.trainOnBatch(column(1), column(0));
    Checkpoint.of(head).save(folder.resolve("c"));
    Trainer expected = head.recompile(recipe());
    expected.trainOnBatch(column(1), column(0));

    Model again = net();
    Trainer all = again.compile(recipe());
    all.trainOnBatch(column(5), column(0));
    assertThatThrownBy(() -> Checkpoint.of(all).restore(folder.resolve("c")))
        .hasMessageContaining("4 missing in the file")
        .hasMessageContaining("keep the slots that fit by restoreMatching");
    Restored restored = Checkpoint.of(all).restoreMatching(folder.resolve("c"));
    assertThat(restored.anew().get("net")).containsExactly("trunk/low/kernel", "trunk/top/kernel");
    assertThat(restored.left().get("net")).isEmpty();
    assertThat(all.steps()).isEqualTo(2);
    all.trainOnBatch(column(1), column(0));
    Toys.assertClose(Toys.values(again), Toys.values(net), 0);

    Checkpoint.of(all).save(folder.resolve("d"));
    Trainer less = again.compile(recipe().only(again.layer("head")));
    assertThat(Checkpoint.of(less).restoreMatching(folder.resolve("d")).left().get("net"))
        .hasSize(4)
        .contains("trunk/low/kernel#m");
    Trainer plain = again.compile(Training.with(Sgd.rate(.1)).loss(Losses.meanSquaredError()));
    assertThat(Checkpoint.of(plain).restoreMatching(folder.resolve("d")).anew().get("net"))
        .isEmpty();
  }
}
