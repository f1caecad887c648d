package dev.tandem.gan.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.print.Summary;
import dev.tandem.core.model.print.Summary.Moves;
import dev.tandem.core.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file that says what the steps of a run are: the graph of each trainer with what it moves and
 * what stays as it is, and the layers of the nets in them.
 */
public final class ModelsFile {

  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private ModelsFile() {}

  /**
   * Writes the file, in place of one that is there.
   *
   * @throws DataFileException if it cannot be written
   */
  public static void write(AdversarialTrainer trainer, Path file) {
    List<Trainer> trainers = new ArrayList<>();
    trainers.add(trainer.steps().discriminator());
    trainers.add(trainer.steps().generator());
    trainer.steps().lazy().values().forEach(lazy -> trainers.add(lazy.trainer()));
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(
          next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(trainers)) + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be written (" + e + ")", e);
    }
  }

  private static ObjectNode json(List<Trainer> trainers) {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION);
    ArrayNode steps = json.putArray("trainers");
    Map<String, Set<Weight>> moved = new LinkedHashMap<>();
    Set<Model> nets = new LinkedHashSet<>();
    for (Trainer trainer : trainers) {
      Summary summary = trainer.snapshot().summary();
      ObjectNode step =
          steps
              .addObject()
              .put("name", trainer.model().name())
              .put("params", summary.total().params())
              .put("moves", summary.trainable().params());
      ArrayNode parts = step.putArray("parts");
      summary.rows().forEach(row -> part(parts, row).put("moves", word(row.trainable())));
      moved.put(trainer.model().name(), new LinkedHashSet<>(trainer.moves()));
      trainer.model().models().stream().filter(net -> net != trainer.model()).forEach(nets::add);
    }
    ArrayNode all = json.putArray("nets");
    nets.forEach(net -> net(all.addObject(), net, moved));
    return json;
  }

  private static void net(ObjectNode json, Model net, Map<String, Set<Weight>> moved) {
    Summary summary = net.summary();
    json.put("name", net.name()).put("params", summary.total().params());
    Map<String, Operation> operations = new LinkedHashMap<>();
    net.layers().forEach(operation -> operations.put(net.nameOf(operation), operation));
    ArrayNode parts = json.putArray("parts");
    for (Summary.Row row : summary.rows()) {
      ObjectNode part = part(parts, row);
      ObjectNode moves = part.putObject("moves");
      Operation operation = operations.get(row.name());
      List<Weight> weights = operation == null ? List.of() : weights(operation);
      moved.forEach((trainer, of) -> moves.put(trainer, word(moves(weights, of))));
    }
  }

  private static ObjectNode part(ArrayNode parts, Summary.Row row) {
    ObjectNode part =
        parts
            .addObject()
            .put("name", row.name())
            .put("type", row.type())
            .put("params", row.params());
    ArrayNode calls = part.putArray("calls");
    for (Summary.Call call : row.calls()) {
      ObjectNode one = calls.addObject();
      ArrayNode outputs = one.putArray("outputs");
      call.outputs().forEach(shape -> outputs.add(shape.toString()));
      ArrayNode inputs = one.putArray("inputs");
      call.inputs().forEach(inputs::add);
    }
    return part;
  }

  private static List<Weight> weights(Operation operation) {
    List<Weight> all =
        operation instanceof Model model ? model.weights() : ((Layer) operation).weights();
    return all.stream().filter(Weight::isParameter).toList();
  }

  private static Moves moves(List<Weight> weights, Set<Weight> moved) {
    long moving = weights.stream().filter(moved::contains).count();
    if (weights.isEmpty()) {
      return Moves.NONE;
    }
    return moving == 0 ? Moves.NO : moving == weights.size() ? Moves.YES : Moves.MIXED;
  }

  /** As in {@code yes}, {@code no}, {@code mixed}, and {@code none} where there are no weights. */
  private static String word(Moves moves) {
    return moves.name().toLowerCase(Locale.ROOT);
  }
}
