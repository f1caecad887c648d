package dev.tandem.examples.freezing;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes steps and writes down what they move. */
final class Recorder {

  private final ImmutableList<Layer> layers;
  private final List<Step> steps = new ArrayList<>();
  private int number;
  private String setting = "";

  /** A recorder of these layers, of one weight and one number each. */
  Recorder(Layer... layers) {
    this.layers = ImmutableList.copyOf(layers);
  }

  /** Says what the next steps are an example of. */
  void begin(int caseNumber, String caseSetting) {
    number = caseNumber;
    setting = caseSetting;
  }

  /** Takes one step and writes it down. */
  void step(Trainer trainer, INDArray x, INDArray target) {
    ImmutableList<Double> before = values();
    double loss = trainer.trainOnBatch(x, target).loss();
    steps.add(new Step(number, setting, trainer.model().name(), loss, before, values()));
  }

  private ImmutableList<Double> values() {
    return layers.stream()
        .map(layer -> layer.weight("kernel").values().getDouble(0))
        .collect(ImmutableList.toImmutableList());
  }

  /** The steps so far. */
  ImmutableList<Step> steps() {
    return ImmutableList.copyOf(steps);
  }

  /** The names of the layers. */
  ImmutableList<String> names() {
    return layers.stream().map(Layer::name).collect(ImmutableList.toImmutableList());
  }
}
