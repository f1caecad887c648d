package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Port.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All arrays that a model's steps take: inputs, and target and sample weights of each head.
 * Examples are held against them before anything is changed.
 */
final class Ports {

  private final Model model;
  private final ImmutableList<Port> inputs;
  private final ImmutableList<Port> targets;
  private final ImmutableList<Port> weights;
  private final ImmutableList<Port> all;
  private final ImmutableSet<Port> trained;

  /** The ports of a model; without heads it takes inputs alone. */
  Ports(Model model, List<Head> heads) {
    this.model = model;
    List<Port> made = new ArrayList<>();
    model
        .inputs()
        .forEach(
            (name, tensor) ->
                made.add(
                    new Port(
                        Kind.INPUT,
                        name,
                        PortNames.input(name),
                        made.size(),
                        tensor.spec(),
                        null)));
    for (Head head : heads) {
      if (head.needsTarget()) {
        made.add(target(head, made.size()));
      }
    }
    for (Head head : heads) {
      if (head.isJudged()) {
        made.add(weights(head, made.size()));
      }
    }
    this.all = ImmutableList.copyOf(made);
    this.inputs = of(Kind.INPUT);
    this.targets = of(Kind.TARGET);
    this.weights = of(Kind.WEIGHTS);
    Set<String> judged =
        heads.stream()
            .filter(head -> head.loss() != null && head.weight() != 0)
            .map(Head::name)
            .collect(Collectors.toSet());
    this.trained =
        all.stream()
            .filter(port -> port.kind() == Kind.INPUT || judged.contains(port.name()))
            .filter(port -> port.spec() != null)
            .collect(ImmutableSet.toImmutableSet());
  }

  private Port target(Head head, int index) {
    String feed = PortNames.target(head.name());
    Loss loss = head.loss();
    if (loss == null || !loss.needsTarget()) {
      return new Port(Kind.TARGET, head.name(), feed, index, null, null);
    }
    TensorSpec prediction = prediction(head);
    TensorSpec expected = loss.target(prediction);
    Port.Judged judged = new Port.Judged(loss, prediction);
    return new Port(Kind.TARGET, head.name(), feed, index, expected, judged);
  }

  private Port weights(Head head, int index) {
    TensorSpec spec = prediction(head).withShape(Shape.of(Shape.BATCH));
    String feed = PortNames.weights(head.name());
    return new Port(Kind.WEIGHTS, head.name(), feed, index, spec, null);
  }

  private TensorSpec prediction(Head head) {
    return model.graph().outputs().get(head.index()).spec();
  }

  private ImmutableList<Port> of(Kind kind) {
    return all.stream()
        .filter(port -> port.kind() == kind)
        .collect(ImmutableList.toImmutableList());
  }

  /** All of them, each at its index. */
  ImmutableList<Port> all() {
    return all;
  }

  /** The inputs. */
  ImmutableList<Port> inputs() {
    return inputs;
  }

  /** The targets that are looked at. */
  ImmutableList<Port> targets() {
    return targets;
  }

  /** The sample weights that would be looked at. */
  ImmutableList<Port> weights() {
    return weights;
  }

  /** The sample weights that belong to a target; null if none would be looked at. */
  @Nullable Port weightsOf(Port target) {
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i).name().equals(target.name())) {
        return weights.get(i);
      }
    }
    return null;
  }

  /** The one that programs call so; null for a feed that is no port. */
  @Nullable Port fed(String feed) {
    for (Port port : all) {
      if (port.feed().equals(feed)) {
        return port;
      }
    }
    return null;
  }

  /** Whether gradients depend on what is given here, and not only reports. */
  boolean isTrainedOn(Port port) {
    return trained.contains(port);
  }

  Model model() {
    return model;
  }

  /**
   * The examples, found to fit.
   *
   * @throws IllegalArgumentException if one is missing, unknown, or of another shape or type
   */
  Checked check(Examples examples) {
    Checked checked = new Checked(this);
    take(checked, inputs, examples.inputs(), Kind.INPUT);
    take(checked, targets, examples.targets(), Kind.TARGET);
    if (!examples.weights().isEmpty()) {
      take(checked, weights, examples.weights(), Kind.WEIGHTS);
      checked.mask();
    }
    checked.checkTargets();
    return checked;
  }

  /** Takes what is given by name; the empty name stands for the only one there is. */
  private void take(
      Checked checked, List<Port> ports, ImmutableMap<String, INDArray> given, Kind kind) {
    int taken = 0;
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      INDArray array = given.get(port.name());
      if (array == null && ports.size() == 1) {
        array = given.get(Training.ONLY);
      }
      if (array != null) {
        taken++;
        checked.put(port, array);
      } else if (kind != Kind.WEIGHTS) {
        throw Misfit.missing(model, port, given.keySet());
      }
    }
    if (taken < given.size()) {
      throw Misfit.unknown(model, kind, ports, given.keySet());
    }
  }
}
