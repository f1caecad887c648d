package dev.tandem.gan.config;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.NetDesign;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.train.AdversarialTraining;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Layouts from trees and from recipes, and the other way round. */
final class Layouts {

  /** A side that all nets have room for. */
  private static final int SIDE = 1024;

  private Layouts() {}

  /** Refuses keys and values that no data make right. */
  static void check(Node.Branch tree) {
    new RecordReader(Layouts::anyNumber).read("", usual(tree), Layout.class);
  }

  /** A tree with the usual values of what it leaves out. */
  static Node.Branch usual(Node.Branch tree) {
    Node.Branch usual =
        (Node.Branch) new RecordMapping(Derived.NOTHING).node("", Layout.usual(), Layout.class);
    return (Node.Branch) Tree.merged(usual.without("loss").without("nets"), tree);
  }

  /** Refuses keys that there are not on the first level. */
  static void checkKeys(Node.Branch tree) {
    RecordReader.requireKnown("", tree, RecordMapping.components(Layout.class).keySet());
  }

  /** For what follows from the data, numbers that fit. */
  static Optional<Object> anyNumber(String path, Class<?> type, String component) {
    boolean net = NetDesign.class.isAssignableFrom(type);
    return switch (component) {
      case "size", "height", "width" -> net ? Optional.of(SIDE) : Optional.empty();
      case "channels",
          "channelsIn",
          "channelsOut",
          "packing",
          "inputs",
          "outputs",
          "depth",
          "layers" ->
          net ? Optional.of(1) : Optional.empty();
      case "classes" ->
          net ? Optional.of(0) : PairNumbers.ofData(OptionalInt.of(2), type, component);
      case "latent" -> net ? Optional.of(1) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The numbers of a pair that follow from a sample and from other settings. */
  static PairNumbers numbers(Node.Branch tree, Shape sample, OptionalInt classes) {
    RecordReader reader =
        new RecordReader((path, type, component) -> PairNumbers.ofData(classes, type, component));
    return new PairNumbers(
        sample,
        classes,
        (Latent) section(reader, tree, "latent", Latent.class),
        (Conditioning) section(reader, tree, "conditioning", Conditioning.class),
        (Integer) section(reader, tree, "packing", Integer.class));
  }

  /** A layout of all keys. */
  static Layout read(Node.Branch tree, PairNumbers numbers) {
    return (Layout) Objects.requireNonNull(new RecordReader(numbers).read("", tree, Layout.class));
  }

  /** The value of one key, or the usual one. */
  static Object section(Node.Branch tree, String key, Class<?> type) {
    return section(new RecordReader(Derived.NOTHING), tree, key, type);
  }

  private static Object section(RecordReader reader, Node.Branch tree, String key, Class<?> type) {
    Node node = tree.get(key);
    if (node == null) {
      RecordComponent component =
          Objects.requireNonNull(RecordMapping.components(Layout.class).get(key));
      return Defaults.of(Layout.class, component).orElseThrow();
    }
    return Objects.requireNonNull(reader.read(key, node, type));
  }

  /** A tree of all keys but those that follow from others. */
  static Node.Branch tree(Layout layout, PairNumbers numbers) {
    Node.Branch tree = (Node.Branch) new RecordMapping(numbers).node("", layout, Layout.class);
    Node.Branch nets = Node.Branch.empty(tree.place());
    if (tree.get("nets") instanceof Node.Branch all) {
      for (var net : all.members().entrySet()) {
        boolean there = !(net.getValue().node() instanceof Node.Scalar scalar && scalar.isNone());
        nets = there ? nets.with(net.getKey(), net.getValue().at(), net.getValue().node()) : nets;
      }
    }
    return tree.with("nets", tree.place(), nets);
  }

  /** The layout of a recipe, with the usual values of what recipes do not know. */
  static Layout of(AdversarialTraining recipe) {
    Layout usual = Layout.usual();
    Objective objective = recipe.objective();
    return new Layout(
        Layout.NOW,
        usual.name(),
        usual.data(),
        Pairs.nets(recipe.pair()),
        recipe.pair().latent(),
        recipe.pair().conditioning(),
        recipe.pair().packing(),
        objective.loss(),
        objective.penalties(),
        objective.generatorTerms(),
        objective.labels(),
        objective.clip(),
        objective.judgedTogether(),
        objective.augmentations(),
        recipe.optimizers(),
        recipe.schedule(),
        recipe.batch(),
        recipe.average(),
        usual.metrics(),
        usual.checkpoints(),
        usual.budget(),
        usual.workers(),
        recipe.seed(),
        device(recipe.engine()),
        recipe.precision());
  }

  private static String device(Engine engine) {
    if (engine instanceof PlanEngine) {
      return PlanEngine.NAME;
    } else if (engine instanceof SameDiffEngine) {
      return SameDiffEngine.NAME;
    }
    String name = engine.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return name.replaceFirst("engine$", "");
  }

  /** The recipe over new nets. */
  static AdversarialTraining recipe(Layout layout, String source) {
    try {
      AdversarialTraining recipe =
          AdversarialTraining.of(Pairs.pair(layout), layout.objective())
              .optimizers(layout.optimizer())
              .schedule(layout.schedule())
              .batch(layout.batch())
              .precision(layout.precision())
              .initializing();
      if (layout.average().isPresent()) {
        recipe = recipe.average(layout.average().get());
      }
      return layout.seed().isPresent() ? recipe.seed(layout.seed().getAsLong()) : recipe;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage() + " (" + source + ")", e);
    }
  }
}
