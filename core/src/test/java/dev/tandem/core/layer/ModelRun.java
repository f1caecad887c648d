package dev.tandem.core.layer;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model lowered and run once by both engines, state included. */
final class ModelRun {

  private final Model model;
  private final boolean training;
  private final List<INDArray> outputs = new ArrayList<>();
  private final Set<Weight> updated = new LinkedHashSet<>();
  private double losses;

  private ModelRun(Model model, boolean training) {
    this.model = model;
    this.training = training;
  }

  static ModelRun of(Model model, boolean training) {
    return new ModelRun(model, training);
  }

  /** The graph for inputs like these; its updates are its assignments. */
  OpGraph graph(List<INDArray> inputs) {
    Ops ops = new Ops();
    List<Value> feeds = new ArrayList<>();
    for (INDArray input : inputs) {
      TensorSpec spec = new TensorSpec(Shape.of(input.shape()), input.dataType());
      feeds.add(ops.feed("in" + feeds.size(), spec));
    }
    Lowered lowered = Lowering.of(ops, Snapshot.of(model, Selection.all()), training, feeds);
    Map<String, Value> named = new LinkedHashMap<>();
    lowered.outputs().forEach(output -> named.put("out" + named.size(), output));
    lowered.activityLosses().forEach(loss -> named.put("loss" + named.size(), loss));
    lowered.updates().forEach((weight, next) -> ops.assign(weight.variable(), next));
    updated.addAll(lowered.updates().keySet());
    return ops.build(named);
  }

  /** Runs on these inputs; state is written. */
  ModelRun on(List<INDArray> inputs) {
    try (Program program = new BothEngines().prepare(graph(inputs))) {
      for (int i = 0; i < inputs.size(); i++) {
        if (program.graph().feeds().containsKey("in" + i)) {
          program.feed("in" + i, inputs.get(i));
        }
      }
      program.run(7, 3);
      program.graph().outputs().keySet().forEach(name -> read(program, name));
    }
    return this;
  }

  private void read(Program program, String name) {
    if (name.startsWith("out")) {
      outputs.add(program.output(name).dup());
    } else {
      losses += program.scalar(name);
    }
  }

  List<INDArray> outputs() {
    return outputs;
  }

  INDArray output() {
    return outputs.get(0);
  }

  /** The state that was moved. */
  Set<Weight> updates() {
    return updated;
  }

  /** The sum of the activity penalties. */
  double losses() {
    return losses;
  }
}
