package dev.tandem.keras;

import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/** A layer or a model of a file, as it will be built: called, perhaps many times, when it is. */
abstract sealed class Part permits LayerPlan, ModelPlan {

  private final String name;
  private final String kerasClass;
  private final boolean trainable;
  private final List<String> notes;

  Part(String name, String kerasClass, boolean trainable, List<String> notes) {
    this.name = name;
    this.kerasClass = kerasClass;
    this.trainable = trainable;
    this.notes = notes;
  }

  final String name() {
    return name;
  }

  /** The name of its class in Keras. */
  final String kerasClass() {
    return kerasClass;
  }

  /** Its flag in the file. */
  final boolean isTrainable() {
    return trainable;
  }

  /** Remarks for the report. */
  final List<String> notes() {
    return notes;
  }

  /** Adds a remark. */
  final void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** Whether an input of it has to be of integers. */
  abstract boolean takesIntegers(int input);

  /** Records a call. */
  abstract List<SymbolicTensor> call(List<SymbolicTensor> inputs, CallForm form);
}
