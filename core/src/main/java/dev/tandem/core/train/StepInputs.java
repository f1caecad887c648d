package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.StepInput.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All arrays that a model's steps take: inputs, and target and sample weights of each head. */
final class StepInputs {

  private final Model model;
  private final ImmutableList<StepInput> inputs;
  private final ImmutableList<StepInput> targets;
  private final ImmutableList<StepInput> weights;
  private final ImmutableList<StepInput> all;
  private final ImmutableSet<StepInput> trained;

  /** The arrays for a model; without heads inputs alone. */
  StepInputs(Model model, List<Head> heads) {
    this.model = model;
    List<StepInput> made = new ArrayList<>();
    model
        .inputs()
        .forEach(
            (name, tensor) ->
                made.add(
                    new StepInput(
                        Kind.INPUT,
                        name,
                        StepInputNames.input(name),
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

  private StepInput target(Head head, int index) {
    String feed = StepInputNames.target(head.name());
    Loss loss = head.loss();
    if (loss == null || !loss.needsTarget()) {
      return new StepInput(Kind.TARGET, head.name(), feed, index, null, null);
    }
    TensorSpec prediction = prediction(head);
    TensorSpec expected = loss.target(prediction);
    StepInput.Judged judged = new StepInput.Judged(loss, prediction);
    return new StepInput(Kind.TARGET, head.name(), feed, index, expected, judged);
  }

  private StepInput weights(Head head, int index) {
    TensorSpec spec = prediction(head).withShape(Shape.of(Shape.BATCH));
    String feed = StepInputNames.weights(head.name());
    return new StepInput(Kind.WEIGHTS, head.name(), feed, index, spec, null);
  }

  private TensorSpec prediction(Head head) {
    return model.graph().outputs().get(head.index()).spec();
  }

  private ImmutableList<StepInput> of(Kind kind) {
    return all.stream()
        .filter(port -> port.kind() == kind)
        .collect(ImmutableList.toImmutableList());
  }

  /** All of them, each at its index. */
  ImmutableList<StepInput> all() {
    return all;
  }

  /** The inputs. */
  ImmutableList<StepInput> inputs() {
    return inputs;
  }

  /** The targets that are looked at. */
  ImmutableList<StepInput> targets() {
    return targets;
  }

  /** The sample weights that would be looked at. */
  ImmutableList<StepInput> weights() {
    return weights;
  }

  /** The sample weights that belong to a target; null if none would be looked at. */
  @Nullable StepInput weightsOf(StepInput target) {
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i).name().equals(target.name())) {
        return weights.get(i);
      }
    }
    return null;
  }

  /** The shape of sample weights of which there is one for each step of an output's sequences. */
  Optional<Shape> stepsOf(StepInput port) {
    TensorSpec output =
        model.outputs().containsKey(port.name()) ? model.outputs().get(port.name()).spec() : null;
    return port.kind() == Kind.WEIGHTS && output != null && output.shape().rank() > 2
        ? Optional.of(Shape.of(Shape.BATCH, output.shape().size(1)))
        : Optional.empty();
  }

  /** The one that programs call so; null for a feed that is no port. */
  @Nullable StepInput fed(String feed) {
    for (StepInput port : all) {
      if (port.feed().equals(feed)) {
        return port;
      }
    }
    return null;
  }

  /** Whether gradients depend on what is given here, and not only reports. */
  boolean isTrainedOn(StepInput port) {
    return trained.contains(port);
  }

  Model model() {
    return model;
  }
}
