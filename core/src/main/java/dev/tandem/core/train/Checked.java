package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples that were found to fit a model, by the names of the feeds they go into. Checking happens
 * before anything is changed.
 */
final class Checked {

  private final Map<String, INDArray> feeds = new LinkedHashMap<>();
  private final Set<String> weighted;
  private long batch = Shape.BATCH;
  private String batchFrom = "";
  private final Model model;

  private Checked(Model model, Set<String> weighted) {
    this.model = model;
    this.weighted = weighted;
  }

  /** Checks inputs, and targets and weights for the heads. */
  static Checked of(Model model, List<Head> heads, Examples examples) {
    Map<String, INDArray> weights = named(examples.weights(), names(heads), model, "weights");
    Checked checked = new Checked(model, ImmutableSet.copyOf(weights.keySet()));
    checked.inputs(examples);
    Map<String, INDArray> targets = named(examples.targets(), names(heads), model, "target");
    for (Head head : heads) {
      INDArray target = targets.get(head.name());
      if (head.needsTarget()) {
        checked.target(head, target);
      }
      if (weights.containsKey(head.name())) {
        TensorSpec like = model.outputs().get(head.name()).spec();
        checked.put(
            "weights of",
            head.name(),
            PortNames.weights(head.name()),
            like.withShape(Shape.of(Shape.BATCH)),
            weights.get(head.name()));
      }
    }
    return checked;
  }

  /** Checks inputs alone. */
  static Checked of(Model model, Map<String, INDArray> inputs) {
    Checked checked = new Checked(model, Set.of());
    checked.inputs(Examples.of(inputs));
    return checked;
  }

  private static List<String> names(List<Head> heads) {
    return heads.stream().map(Head::name).toList();
  }

  /** The arrays under full names: the empty one stands for the only one there is. */
  private static Map<String, INDArray> named(
      Map<String, INDArray> given, List<String> names, Model model, String what) {
    Map<String, INDArray> full = new LinkedHashMap<>();
    given.forEach(
        (name, array) -> {
          if (name.equals(Training.ONLY) && names.size() == 1) {
            full.put(names.get(0), array);
          } else if (names.contains(name)) {
            full.put(name, array);
          } else {
            throw new IllegalArgumentException(
                model + " has no " + what + (name.isEmpty() ? " without a name" : " \"" + name
                    + "\"") + "; it has " + names);
          }
        });
    return full;
  }

  private void inputs(Examples examples) {
    List<String> names = model.inputs().keySet().asList();
    Map<String, INDArray> given = named(examples.inputs(), names, model, "input");
    model.inputs().forEach((name, tensor) -> input(name, tensor, given.get(name)));
  }

  private void input(String name, SymbolicTensor tensor, INDArray array) {
    if (array == null) {
      throw new IllegalArgumentException(
          model + " needs the input \"" + name + "\" " + tensor.spec() + "; it was not given");
    }
    put("input", name, PortNames.input(name), tensor.spec(), array);
  }

  private void target(Head head, INDArray array) {
    TensorSpec prediction = model.outputs().get(head.name()).spec();
    if (array == null) {
      throw new IllegalArgumentException(
          model + " needs a target for its output \"" + head.name() + "\" " + prediction
              + "; it was not given");
    }
    if (head.loss() != null && head.loss().needsTarget()) {
      TensorSpec expected = head.loss().target(prediction);
      String feed = PortNames.target(head.name());
      put("target of", head.name(), feed, expected, head.loss().accept(array, prediction));
    } else {
      feeds.put(PortNames.target(head.name()), array);
    }
  }

  private void put(String what, String name, String feed, TensorSpec spec, INDArray array) {
    boolean fits = matches(spec.shape(), array.shape());
    if (!fits || array.dataType() != spec.dtype()) {
      TensorSpec got = new TensorSpec(Shape.of(array.shape()), array.dataType());
      throw new IllegalArgumentException(
          model + " expects " + spec + " as " + what + " \"" + name + "\", got " + got + "; "
              + (fits ? "castTo(DataType." + spec.dtype() + ")" : "reshape it"));
    }
    if (spec.shape().rank() > 0) {
      long size = array.size(0);
      if (batch == Shape.BATCH) {
        batch = size;
        batchFrom = what + " \"" + name + "\"";
      } else if (batch != size) {
        throw new IllegalArgumentException(
            model + " got " + size + " samples as " + what + " \"" + name + "\" and " + batch
                + " as " + batchFrom + "; give all the same number");
      }
    }
    feeds.put(feed, array);
  }

  private static boolean matches(Shape expected, long[] shape) {
    if (expected.rank() != shape.length || shape.length > 0 && shape[0] == 0) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (expected.size(i) != shape[i] && expected.size(i) != Shape.BATCH) {
        return false;
      }
    }
    return true;
  }

  long batch() {
    return batch;
  }

  Set<String> weighted() {
    return weighted;
  }

  INDArray get(String feed) {
    return feeds.get(feed);
  }

  /** Gives the arrays to a program, as far as it reads them. */
  Program feed(Programs.Prepared prepared) {
    feeds.forEach(
        (name, array) -> {
          if (prepared.feeds().contains(name)) {
            prepared.program().feed(name, array);
          }
        });
    return prepared.program();
  }

  /** The first array that holds NaN or infinity, with its place; for messages. */
  java.util.Optional<String> firstNonFinite() {
    for (Map.Entry<String, INDArray> entry : feeds.entrySet()) {
      INDArray array = entry.getValue();
      if (array.dataType().isFPType()) {
        for (long i = 0; i < array.length(); i++) {
          double value = array.getDouble(i);
          if (!Double.isFinite(value)) {
            return java.util.Optional.of(
                entry.getKey().replace(":", " \"") + "\" holds " + value + " at element " + i
                    + " of " + Shape.of(array.shape()));
          }
        }
      }
    }
    return java.util.Optional.empty();
  }
}
