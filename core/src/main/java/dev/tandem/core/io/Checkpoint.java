package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Trainer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contents of a run: trainers, their models, and other models. Saved as one, each weight once,
 * and restored into objects that were built by the same code, so that the run goes on bit for bit:
 *
 * <pre>{@code
 * Checkpoint run = Checkpoint.of().with("d", trainDiscriminator).with("g", trainGenerator);
 * run.save(directory, RunState.at(batches.position()));
 * RunState state = run.restore(directory);
 * }</pre>
 *
 * <p>Flags are not part of it: a trainer holds what it moves, and code sets the flags again.
 */
public final class Checkpoint {

  private final ImmutableMap<String, Trainer> trainers;
  private final ImmutableSet<Model> models;

  private Checkpoint(Map<String, Trainer> trainers, Set<Model> models) {
    this.trainers = ImmutableMap.copyOf(trainers);
    this.models = ImmutableSet.copyOf(models);
    Set<String> names = new HashSet<>();
    for (Model model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(
            "two models of a checkpoint are named \""
                + model.name()
                + "\"; give each a name of its own with model.renamed(\"...\")");
      }
    }
  }

  /** These trainers, named after their models, and their models. */
  public static Checkpoint of(Trainer... trainers) {
    Checkpoint checkpoint = new Checkpoint(Map.of(), Set.of());
    for (Trainer trainer : trainers) {
      checkpoint = checkpoint.with(trainer.model().name(), trainer);
    }
    return checkpoint;
  }

  /**
   * The same with one more trainer and its model.
   *
   * @param name what the file calls the trainer
   * @throws IllegalArgumentException if the name is taken
   */
  public Checkpoint with(String name, Trainer trainer) {
    if (trainers.containsKey(name)) {
      throw new IllegalArgumentException(
          "two trainers of a checkpoint are named \""
              + name
              + "\"; give each a name of its own by with(name, trainer)");
    }
    return new Checkpoint(
        ImmutableMap.<String, Trainer>builder().putAll(trainers).put(name, trainer).buildOrThrow(),
        and(trainer.model()));
  }

  /** The same with one more model. */
  public Checkpoint with(Model model) {
    return new Checkpoint(trainers, and(model));
  }

  private Set<Model> and(Model model) {
    Set<Model> all = new LinkedHashSet<>(models);
    all.add(model);
    return all;
  }

  /**
   * Saves everything, in place of an earlier save.
   *
   * @throws dev.tandem.core.train.NonFiniteException if a step failed that nobody has looked at;
   *     nothing is written then
   */
  public void save(Path directory) {
    save(directory, RunState.empty());
  }

  /**
   * Saves everything and what else the run has to remember, in place of an earlier save.
   *
   * @param directory new, empty, or one that was saved to before
   * @throws IllegalStateException if a trainer has gradients that wait for their update
   * @throws DataFileException if the directory holds other things, or cannot be written; the
   *     earlier save is untouched then
   */
  public void save(Path directory, RunState run) {
    save(directory, run, Disk.LOCAL);
  }

  void save(Path directory, RunState run, Disk disk) {
    trainers.values().forEach(trainer -> trainer.ahead().settle());
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("kind", "checkpoint");
    ArrayTable arrays = new ArrayTable();
    content.set("run", run.toJson());
    content.set("models", ModelEntries.toJson(models.asList(), arrays));
    content.set("trainers", TrainerEntries.toJson(trainers, arrays));
    SaveWriter.write(directory, content, arrays, disk);
  }

  /**
   * Loads everything.
   *
   * @return what else the run had to remember
   * @throws DataFileException if there is no checkpoint, it is damaged, or models, trainers, paths,
   *     shapes, types, seeds or sharing differ; nothing is changed then
   */
  public RunState restore(Path directory) {
    return restore(directory, true).run();
  }

  /**
   * Loads everything into trainers that may move other weights than those that were saved, as a
   * trainer of the next phase of a fine-tuning does: weights and steps, and the slots of those
   * weights that both move. Slots that are not in the file begin anew, as after {@link
   * Trainer#recompile()}, and those in the file alone are left there.
   *
   * @return what else the run had to remember, and what did not fit
   * @throws DataFileException as from {@link #restore}, but for slots; nothing is changed then
   */
  public Restored restoreMatching(Path directory) {
    return restore(directory, false);
  }

  private Restored restore(Path directory, boolean all) {
    try (Save save = Save.open(directory)) {
      Fields content = save.manifest().content();
      if (!content.has("trainers")) {
        throw new DataFileException(
            directory.toString(),
            "holds a save of kind \""
                + content.text("kind")
                + "\", not a checkpoint; load it with "
                + (content.has("drawing") ? "ModelFile.load" : "Weights.load"));
      }
      RunState run = RunState.of(content.object("run"));
      Loading loading = new Loading(save);
      ModelEntries.restore(models, save, loading);
      Map<String, MatchingSlots> matching = Map.of();
      if (all) {
        TrainerEntries.restore(trainers, save, loading);
      } else {
        matching = TrainerEntries.restoreMatching(trainers, save, loading);
      }
      loading.run(
          "restore it into what it was saved from, keep the slots that fit by restoreMatching, or"
              + " take weights alone with Weights.load");
      TrainerEntries.finish(trainers, save, matching);
      return new Restored(
          run,
          ImmutableMap.copyOf(Maps.transformValues(matching, slots -> slots.anew().asList())),
          ImmutableMap.copyOf(Maps.transformValues(matching, MatchingSlots::left)));
    }
  }

  /**
   * The other state of a saved run, without loading anything: to look before restoring.
   *
   * @throws DataFileException if there is no checkpoint, or its description is damaged
   */
  public static RunState runState(Path directory) {
    try (Save save = Save.open(directory)) {
      Fields content = save.manifest().content();
      return content.has("run") ? RunState.of(content.object("run")) : RunState.empty();
    }
  }

  /** As in {@code checkpoint of trainers [d, g] and models [d, gan]}. */
  @Override
  public String toString() {
    List<String> names = models.stream().map(Model::name).toList();
    return "checkpoint of trainers " + trainers.keySet() + " and models " + names;
  }
}
