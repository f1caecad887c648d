package dev.tandem.core.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableBiMap;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.OptimizerTypes;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.TrainerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Trainers in a manifest: their steps, seeds and slots. */
final class TrainerEntries {

  private TrainerEntries() {}

  /** Describes trainers, and adds their slots to the arrays. */
  static ArrayNode toJson(Map<String, Trainer> trainers, ArrayTable arrays) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    trainers.forEach(
        (name, trainer) -> {
          TrainerState state = trainer.state();
          if (!state.isBetweenSteps()) {
            throw new IllegalStateException(
                "trainer \""
                    + name
                    + "\" has gradients that wait for their update; save before"
                    + " gradients(...) or after update(), or let dropGradients() forget them");
          }
          state.requireTogether();
          ObjectNode entry = list.addObject().put("name", name);
          entry.put("model", trainer.model().name());
          entry.put("steps", state.steps()).put("seed", state.seed());
          entry.set("optimizer", recipe(state.optimizer()));
          if (state.rateFactor() != 1) {
            entry.put("rate_factor", state.rateFactor());
          }
          if (!state.counts().isEmpty()) {
            ObjectNode counts = entry.putObject("counts");
            state.counts().forEach(counts::put);
          }
          ObjectNode slots = entry.putObject("slots");
          state
              .slots()
              .forEach((path, slot) -> slots.put(path, arrays.add(name + ":" + path, slot)));
        });
    return list;
  }

  /** The record of an optimizer: its settings, or its class if it is of the user's own. */
  private static JsonNode recipe(Optimizer optimizer) {
    Map<Class<?>, String> names =
        ImmutableBiMap.<String, Class<?>>copyOf(OptimizerTypes.all()).inverse();
    SettingsWriter writer =
        new SettingsWriter(
            type -> {
              if (!names.containsKey(type)) {
                throw new IllegalArgumentException(type + " is not on the list");
              }
              return names.get(type);
            },
            layer -> -1);
    try {
      return writer.write(optimizer);
    } catch (IllegalArgumentException e) {
      return JsonNodeFactory.instance.textNode(optimizer.getClass().getName());
    }
  }

  /** Prepares the state of trainers for reading, and notes where it does not fit. */
  static void restore(Map<String, Trainer> trainers, Save save, Loading loading) {
    restore(trainers, save, loading, Fit.ALL);
  }

  /**
   * Prepares what fits of the state of trainers for reading, and tells of the slots that do not.
   */
  static Map<String, MatchingSlots> restoreMatching(
      Map<String, Trainer> trainers, Save save, Loading loading) {
    return restore(trainers, save, loading, Fit.SOME);
  }

  /** The slots that have to be in a file. */
  private enum Fit {
    ALL,
    SOME
  }

  private static Map<String, MatchingSlots> restore(
      Map<String, Trainer> trainers, Save save, Loading loading, Fit fit) {
    Map<String, MatchingSlots> matching = new LinkedHashMap<>();
    Map<String, Fields> entries = byName(save);
    trainers.forEach(
        (name, trainer) -> {
          Fields entry = entries.remove(name);
          if (entry == null) {
            loading.complain("trainer \"" + name + "\" is not in the file");
          } else {
            restore(name, trainer, entry, save, loading, fit)
                .ifPresent(slots -> matching.put(name, slots));
          }
        });
    entries
        .keySet()
        .forEach(name -> loading.complain("trainer \"" + name + "\" is in the file alone"));
    return matching;
  }

  private static Optional<MatchingSlots> restore(
      String name, Trainer trainer, Fields entry, Save save, Loading loading, Fit fit) {
    TrainerState state = trainer.state();
    if (state.isSeedStated() && entry.number("seed") != state.seed()) {
      loading.complain(
          "trainer \""
              + name
              + "\" was saved with seed "
              + entry.number("seed")
              + " and is compiled with seed "
              + state.seed()
              + "; state the saved one, or none");
    }
    String differ = "slots of trainer \"" + name + "\" differ";
    JsonNode then = entry.entries().get("optimizer");
    JsonNode now = recipe(state.optimizer());
    if (!now.equals(then)) {
      differ += " (its optimizer was " + then + " and is " + now + ")";
    }
    Map<String, ArrayEntry> slots =
        NumberedPaths.renumbered(
            trainer.model(),
            state.slots().keySet(),
            ModelEntries.arrays(save, entry.object("slots")));
    MatchingSlots matching = MatchingSlots.of(state.slots(), slots);
    if (fit == Fit.ALL) {
      loading.add(differ, state.slots(), slots);
    } else {
      loading.add(differ, matching.here(), matching.file());
    }
    rateFactor(entry);
    counts(entry)
        .forEach(
            (path, count) -> {
              if (count < 0 || count > entry.number("steps")) {
                throw entry.damaged("number of updates of \"" + path + "\" is " + count);
              }
            });
    return fit == Fit.ALL ? Optional.empty() : Optional.of(matching);
  }

  /** 1 where a file says nothing. */
  private static double rateFactor(Fields entry) {
    JsonNode factor = entry.entries().get("rate_factor");
    if (factor == null) {
      return 1;
    }
    if (!factor.isNumber() || !(factor.doubleValue() >= 0)) {
      throw entry.damaged("\"rate_factor\" is no number of at least 0");
    }
    return factor.doubleValue();
  }

  /** By path, where slots have seen fewer updates than the trainer. */
  private static Map<String, Long> counts(Fields entry) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (entry.has("counts")) {
      Fields fields = entry.object("counts");
      fields.entries().keySet().forEach(path -> counts.put(path, fields.number(path)));
    }
    return counts;
  }

  /**
   * Sets seeds and numbers of steps, when all arrays have been read.
   *
   * @param matching by trainer, the slots where they were not all in the file
   */
  static void finish(
      Map<String, Trainer> trainers, Save save, Map<String, MatchingSlots> matching) {
    Map<String, Fields> entries = byName(save);
    trainers.forEach(
        (name, trainer) -> {
          Fields entry = Objects.requireNonNull(entries.get(name));
          MatchingSlots slots = matching.get(name);
          Map<String, Long> counts = counts(entry);
          if (slots != null) {
            counts.keySet().retainAll(trainer.state().paths());
            slots.anew().forEach(path -> counts.put(path, 0L));
            trainer.state().restart(slots.anew());
          }
          trainer.state().restoreSeed(entry.number("seed"));
          trainer.state().restore(entry.number("steps"), counts);
          trainer.state().restoreRateFactor(rateFactor(entry));
        });
  }

  private static Map<String, Fields> byName(Save save) {
    Map<String, Fields> entries = new LinkedHashMap<>();
    for (Fields entry : save.manifest().content().objects("trainers")) {
      entries.put(entry.text("name"), entry);
    }
    return entries;
  }
}
