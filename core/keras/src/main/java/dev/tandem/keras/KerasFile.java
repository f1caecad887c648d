package dev.tandem.keras;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole model that Keras saved: {@code .keras} of Keras 3, or {@code .h5} of Keras 2, tf.keras or
 * Keras 3. Functional and sequential models become {@link Model}s of the same layers: nested ones,
 * layers that are called more than once or shared by nested models, several inputs and outputs, the
 * flags of layers and models.
 *
 * <pre>{@code
 * KerasModel imported = KerasFile.read(Path.of("classifier.keras"));
 * Model model = imported.model();
 * System.out.println(imported.report());
 * }</pre>
 *
 * <p>No code of a file is ever run: Lambda layers, classes of one's own and functions are refused.
 * Losses, metrics and optimizers are left out.
 */
public final class KerasFile {

  private final Path file;
  private final ImmutableMap<String, long[]> shapes;

  private KerasFile(Path file, ImmutableMap<String, long[]> shapes) {
    this.file = file;
    this.shapes = shapes;
  }

  /** A file, to say more of before it is read. */
  public static KerasFile of(Path file) {
    return new KerasFile(file, ImmutableMap.of());
  }

  /**
   * Reads the model in a file, or in the folder that {@code zipped=False} leaves.
   *
   * @throws DataFileException if the file is missing, damaged, of another kind, or its weights do
   *     not fit its layers; says what it is and the next step
   * @throws UnsupportedKerasException if it has parts that Tandem has nothing for; names them all
   */
  public static KerasModel read(Path file) {
    return of(file).read();
  }

  /**
   * The same, with a size for the open axes of an input: images of any size, sequences of any
   * length.
   *
   * @param name of the input in Keras
   * @param sample the shape without the batch axis
   */
  public KerasFile input(String name, long... sample) {
    Map<String, long[]> more = new HashMap<>(shapes);
    more.put(name, sample.clone());
    return new KerasFile(file, ImmutableMap.copyOf(more));
  }

  /** Reads the model: see {@link #read(Path)}. */
  public KerasModel read() {
    try (SavedFile saved = SavedFile.open(file)) {
      Problems problems = new Problems(saved.isKeras2());
      ModelPlan plan = new ModelReader(problems, shapes).read(saved.config());
      requireKnown(plan);
      problems.require(saved.file());
      Model model = build(saved, plan);
      WeightNode root = WeightNode.of(plan);
      Assignment assignment = new Assignment(model.weightsByPath());
      Layout layout = Layout.of(saved);
      if (saved.isKeras3()) {
        layout.byOrder(root, assignment);
      } else {
        layout.byName(root, assignment);
      }
      assignment.requireAll(
          saved.file(),
          layout.unclaimed(assignment),
          "The file contradicts itself; save the model again, whole");
      List<String> notes = assignment.run();
      return new KerasModel(model, Reports.of(saved, plan, assignment, notes));
    }
  }

  private void requireKnown(ModelPlan plan) {
    List<String> names = plan.inputs().stream().map(InputPlan::name).toList();
    for (String name : shapes.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            file + " has no input \"" + name + "\"; it has " + names);
      }
    }
  }

  private static Model build(SavedFile saved, ModelPlan plan) {
    try {
      return plan.build();
    } catch (IllegalArgumentException | IllegalStateException error) {
      throw new UnsupportedKerasException(
          saved.file(), List.of(String.valueOf(error.getMessage())), error);
    }
  }
}
