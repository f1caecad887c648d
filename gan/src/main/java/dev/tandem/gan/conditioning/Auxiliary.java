package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.loss.LossOps;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator is told a class, and the discriminator has to tell it: the generator's second input
 * is a label, the discriminator's second output are logits (batch, classes), and their cross
 * entropy is part of both sides' losses.
 *
 * @param classes their number, at least 2
 * @param weight of the cross entropy, at least 0
 * @param labelled whether classes are those of the data, by which real samples are judged too
 *     (ACGAN, Odena, Olah, Shlens, 2016, arXiv:1610.09585); otherwise they are sampled in each step
 *     and get a meaning of their own (InfoGAN, Chen et al., 2016, arXiv:1606.03657)
 */
public record Auxiliary(int classes, double weight, boolean labelled) implements Conditioning {

  /** Checks the numbers. */
  public Auxiliary {
    Numbers.requireSeveral(classes);
    Numbers.requireWeight("class", weight);
  }

  @Override
  public void check(Networks networks) {
    networks.requireUnpacked();
    NetworkChecks.check(networks, this, 2, 1);
  }

  @Override
  public boolean needsLabels() {
    return labelled;
  }

  @Override
  public Branches branches(Networks networks, boolean withReal) {
    LatentInputs inputs = LatentInputs.of(networks, withReal);
    if (labelled) {
      Input given = LabelColumn.stepInput();
      return Branches.one(inputs.and(given).all(), new Told(networks, inputs, given));
    }
    SymbolicTensor code = Labels.sampled(inputs.first(), classes);
    return Branches.one(inputs.all(), new Told(networks, inputs, code));
  }

  /** A branch whose losses have cross entropies of classes. */
  private final class Told extends LatentBranch {

    private final SymbolicTensor label;

    Told(Networks networks, LatentInputs inputs, SymbolicTensor label) {
      super(networks, inputs, label, false);
      this.label = label;
    }

    @Override
    public ImmutableMap<String, SymbolicTensor> discriminatorTerms(
        Critic critic, SymbolicTensor real, SymbolicTensor fake) {
      SymbolicTensor onFakes = crossEntropy(critic, fake);
      return labelled
          ? ImmutableMap.of("classes_of_fakes", onFakes, "classes", crossEntropy(critic, real))
          : ImmutableMap.of("classes_of_fakes", onFakes);
    }

    @Override
    public ImmutableMap<String, SymbolicTensor> generatorTerms(
        Critic critic, SymbolicTensor judged) {
      return ImmutableMap.of("classes_of_fakes", crossEntropy(critic, judged));
    }

    private SymbolicTensor crossEntropy(Critic critic, SymbolicTensor samples) {
      return Lambda.of((ops, in) -> loss(ops, in.get(0), in.get(1)))
          .apply(critic.outputs(samples).get(1), label);
    }
  }

  private Value loss(Ops ops, Value logits, Value labels) {
    Value hot = ArrayOps.oneHot(ops, labels, classes, logits.dtype());
    return ops.scale(ops.mean(LossOps.softmaxCrossEntropy(ops, logits, hot)), weight);
  }

  @Override
  public ImmutableList<ImmutableList<DataColumn>> columns(Networks networks) {
    DataColumn samples = SampleColumn.ofGenerator(networks);
    return ImmutableList.of(
        labelled
            ? ImmutableList.of(samples, new LabelColumn(networks, this))
            : ImmutableList.of(samples));
  }

  @Override
  public ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data) {
    return ImmutableList.of(networks.latents(count, seed), Labels.inTurn(count, classes));
  }
}
