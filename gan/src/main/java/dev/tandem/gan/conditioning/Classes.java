package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Both networks are told the class of each sample: a label is the second input of both.
 *
 * @param classes their number, at least 2
 */
public record Classes(int classes) implements Conditioning {

  /** Checks the number. */
  public Classes {
    Numbers.requireSeveral(classes);
  }

  @Override
  public void check(Networks networks) {
    networks.requireUnpacked();
    NetworkChecks.check(networks, this, 2, 2);
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public Branches branches(Networks networks, boolean withReal) {
    LatentInputs inputs = LatentInputs.of(networks, withReal);
    Input label = LabelColumn.stepInput();
    return Branches.one(inputs.and(label).all(), new LatentBranch(networks, inputs, label, true));
  }

  @Override
  public ImmutableList<ImmutableList<DataColumn>> columns(Networks networks) {
    return ImmutableList.of(
        ImmutableList.of(SampleColumn.ofGenerator(networks), new LabelColumn(networks, this)));
  }

  @Override
  public ImmutableList<INDArray> generatorInputs(
      Networks networks, int count, long seed, Function<String, INDArray> data) {
    return ImmutableList.of(networks.latents(count, seed), Labels.inTurn(count, classes));
  }
}
