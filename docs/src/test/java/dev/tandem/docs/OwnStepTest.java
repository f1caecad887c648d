package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.softplus;
import static dev.tandem.core.loss.Losses.output;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on steps of one's own: a BiGAN (Donahue et al., 2016, arXiv:1605.09782). */
class OwnStepTest {

  @TempDir Path folder;

  // region nets
  static Model net(String name, int in, int out) {
    return Model.sequential(
        name,
        Input.of("in", in),
        Dense.units(64).activation(relu()),
        Dense.units(64).activation(relu()),
        Dense.units(out));
  }

  /** Judges pairs of a sample and a latent. */
  static Model judge(int sample, int latent) {
    Input x = Input.of("x", sample);
    Input z = Input.of("z", latent);
    SymbolicTensor joint = Concatenate.of().apply(x, z);
    SymbolicTensor hidden = Dense.units(64).activation(leakyRelu(.2)).apply(joint);
    return Model.of("judge", List.of(x, z), List.of(Dense.units(1).apply(hidden)));
  }

  // endregion

  @Test
  void biGan_ofThreeNets_movesEachInItsOwnStepAlone() {
    // region bigan
    Model generator = net("generator", 2, 2); // latent to sample
    Model encoder = net("encoder", 2, 2); // sample to latent
    Model judge = judge(2, 2);

    Input x = Input.of("x", 2);
    Input z = Input.of("z", 2);
    SymbolicTensor ofReal = judge.apply(x, encoder.apply(x)); // D(x, E(x))
    SymbolicTensor ofFake = judge.apply(generator.apply(z), z); // D(G(z), z): the same judge

    // Losses as tensors, by name: what the judge minimizes, and what the other two do.
    SymbolicTensor judged = Add.of().apply(softplus(scale(ofReal, -1)), softplus(ofFake));
    SymbolicTensor fooled = Add.of().apply(softplus(ofReal), softplus(scale(ofFake, -1)));
    Model judging = Model.of("judging", List.of(x, z), List.of(mean(judged)));
    Model fooling = Model.of("fooling", List.of(x, z), List.of(mean(fooled)));

    Training recipe = Training.with(Adam.rate(2e-4).beta1(.5)).loss(output()).seed(1);
    Trainer d = judging.compile(recipe.only(judge)); // moves the judge alone
    Trainer ge = fooling.compile(recipe.only(generator, encoder)); // moves the two, through it
    // endregion
    INDArray before = judge.weights().get(0).values();

    // region steps
    for (int i = 0; i < 20; i++) {
      Examples batch = Examples.of(Map.of("x", real(64), "z", Nd4j.randn(DataType.FLOAT, 64, 2)));
      double ofJudge = d.trainOnBatch(batch).loss();
      double ofOthers = ge.trainOnBatch(batch).loss();
      if (i % 10 == 0) {
        System.out.println(i + ": " + ofJudge + ", " + ofOthers);
      }
    }
    // endregion
    assertThat(judge.weights().get(0).values()).isNotEqualTo(before);
    assertThat(d.moves()).containsExactlyInAnyOrderElementsOf(judge.weights());
    assertThat(ge.moves()).doesNotContainAnyElementsOf(judge.weights());

    // region checkpoint
    Checkpoint checkpoint = Checkpoint.of(d, ge); // nets, both optimizers, counts of steps
    checkpoint.save(folder.resolve("bigan"));
    checkpoint.restore(folder.resolve("bigan"));
    // endregion
    for (Weight weight : ge.moves()) {
      assertThat(weight.values().isNaN().any()).isFalse();
    }
    d.close();
    ge.close();
  }

  private static INDArray real(int rows) {
    INDArray angle = Nd4j.rand(DataType.FLOAT, rows, 1).mul(2 * Math.PI);
    return Nd4j.concat(
        1,
        org.nd4j.linalg.ops.transforms.Transforms.cos(angle),
        org.nd4j.linalg.ops.transforms.Transforms.sin(angle));
  }
}
