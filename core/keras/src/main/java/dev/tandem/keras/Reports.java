package dev.tandem.keras;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes reports. */
final class Reports {

  private Reports() {}

  static String source(SavedFile file) {
    return file.format() + file.kerasVersion().map(version -> " of Keras " + version).orElse("");
  }

  /** What became of a model. */
  static KerasReport of(
      SavedFile file, ModelPlan model, Assignment assignment, List<String> further) {
    List<KerasReport.Row> rows = new ArrayList<>();
    add(model, "", assignment, Collections.newSetFromMap(new IdentityHashMap<>()), rows);
    List<String> notes = new ArrayList<>(model.notes());
    if (!model.isTrainable()) {
      notes.add(
          "the model is frozen as a whole; model.setTrainable(true) gives its step back, and layers"
              + " keep flags of their own");
    }
    notes.addAll(further);
    notes.addAll(file.leftOut());
    return new KerasReport(
        file.file(), source(file), ImmutableList.copyOf(rows), ImmutableList.copyOf(notes));
  }

  private static void add(
      ModelPlan model,
      String inside,
      Assignment assignment,
      Set<Part> seen,
      List<KerasReport.Row> rows) {
    for (Part part : model.parts()) {
      String path = inside + part.name();
      List<String> notes = new ArrayList<>();
      boolean again = !seen.add(part);
      if (again) {
        notes.add("is the same object as before, shared");
      } else {
        notes.addAll(part.notes());
      }
      if (part instanceof ModelPlan nested) {
        frozen(nested).ifPresent(notes::add);
        rows.add(
            new KerasReport.Row(
                path,
                part.kerasClass(),
                "Model",
                nested.model().graph().outputs().get(0).shape().toString(),
                ImmutableList.of(),
                part.isTrainable(),
                ImmutableList.copyOf(notes)));
        if (!again) {
          add(nested, path + "/", assignment, seen, rows);
        }
      } else if (part instanceof LayerPlan layer) {
        if (!again) {
          layer.doubt().ifPresent(notes::add);
          layer.layers().stream()
              .filter(SpectralNormalization.class::isInstance)
              .map(SpectralNormalization.class::cast)
              .flatMap(spectral -> KernelNorm.remark(spectral).stream())
              .forEach(notes::add);
        }
        rows.add(
            new KerasReport.Row(
                path,
                part.kerasClass(),
                layer.layers().stream().map(Layer::typeName).collect(Collectors.joining(" + ")),
                String.valueOf(layer.output()),
                again ? ImmutableList.of() : weights(Slot.of(layer.layers()), assignment),
                part.isTrainable(),
                ImmutableList.copyOf(notes)));
      }
    }
  }

  /** Keras writes a model's flag into all that is in it; here it is the model's own. */
  private static Optional<String> frozen(ModelPlan model) {
    long frozen = model.parts().stream().filter(part -> !part.isTrainable()).count();
    boolean all = frozen == model.parts().size();
    if (model.isTrainable() && !all) {
      return Optional.empty();
    }
    String parts = frozen + " of its " + model.parts().size() + " parts are frozen";
    return Optional.of(
        (model.isTrainable()
                ? parts
                : "is frozen, which gates its calls" + (frozen == 0 ? "" : "; " + parts + " too"))
            + (frozen == 0
                ? ""
                : ", as Keras writes the flag of a model into them: to train them again, give each"
                    + " its own back"));
  }

  private static ImmutableList<KerasReport.Loaded> weights(
      List<Slot> slots, Assignment assignment) {
    ImmutableList.Builder<KerasReport.Loaded> loaded = ImmutableList.builder();
    for (Slot slot : slots) {
      StoredArray array = assignment.of(slot.weight());
      if (array != null) {
        loaded.add(
            new KerasReport.Loaded(
                slot.weight().name(), slot.weight().shape().toString(), array.path()));
      }
    }
    return loaded.build();
  }

  /** What was loaded into a model of one's own. */
  static KerasReport ofWeights(
      SavedFile file, WeightNode model, Assignment assignment, List<String> notes) {
    List<KerasReport.Row> rows = new ArrayList<>();
    addWeights(model, assignment, Collections.newSetFromMap(new IdentityHashMap<>()), rows);
    return new KerasReport(
        file.file(), source(file), ImmutableList.copyOf(rows), ImmutableList.copyOf(notes));
  }

  private static void addWeights(
      WeightNode node, Assignment assignment, Set<Object> seen, List<KerasReport.Row> rows) {
    for (WeightNode child : node.children()) {
      if (!seen.add(child.identity())) {
        continue;
      }
      List<Slot> loaded =
          child.slots().stream().filter(slot -> assignment.of(slot.weight()) != null).toList();
      if (!loaded.isEmpty()) {
        rows.add(
            new KerasReport.Row(
                child.path(),
                "",
                ((Layer) child.identity()).typeName(),
                "",
                weights(loaded, assignment),
                child.trainable(),
                ImmutableList.of()));
      }
      addWeights(child, assignment, seen, rows);
    }
  }
}
