package dev.tandem.gan.config;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Primitives;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.ConstantRate;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.NetDesign;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLoss;
import dev.tandem.gan.objective.loss.PointwiseLoss;
import dev.tandem.gan.objective.penalty.GeneratorTerm;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.train.WeightAverage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables of all keys and types that a config may have, as Markdown. */
public final class ConfigKeys {

  private static final ImmutableMap<Class<?>, String> KINDS =
      ImmutableMap.<Class<?>, String>builder()
          .put(NetDesign.class, "net")
          .put(Latent.class, "latent")
          .put(Conditioning.class, "conditioning")
          .put(AdversarialLoss.class, "loss")
          .put(Penalty.class, "penalty")
          .put(GeneratorTerm.class, "generator term")
          .put(Augmentation.class, "augmentation")
          .put(Strength.class, "strength")
          .put(Optimizer.class, "optimizer")
          .put(Schedule.class, "schedule")
          .put(Clipping.class, "clipping")
          .put(WeightAverage.class, "average")
          .buildOrThrow();

  private ConfigKeys() {}

  /** A table of keys: path, what it takes, and what holds where it is left out. */
  public static String keys() {
    StringBuilder table = new StringBuilder("| key | takes | left out |\n|---|---|---|\n");
    rows("", Layout.class, table);
    return table.toString();
  }

  private static void rows(String path, Class<?> type, StringBuilder table) {
    for (Map.Entry<String, RecordComponent> entry : RecordMapping.components(type).entrySet()) {
      RecordComponent component = entry.getValue();
      String key = path + entry.getKey();
      if (component.getType().isRecord()) {
        rows(key + ".", component.getType(), table);
      } else {
        String takes = takes(component.getGenericType());
        boolean nullable = usual(type, component).equals("none") && !takes.endsWith("none");
        table.append(
            "| `"
                + key
                + "` | "
                + takes
                + (nullable ? " or none" : "")
                + " | "
                + usual(type, component)
                + " |\n");
      }
    }
  }

  /** A table of types: of which kind, and with which keys; those with a number may be left out. */
  public static String types() {
    StringBuilder table = new StringBuilder("| kind | type | keys |\n|---|---|---|\n");
    KINDS.forEach(
        (kind, word) ->
            Kinds.of(kind)
                .forEach(
                    (name, type) -> {
                      if (type != ConstantRate.class) {
                        table.append("| " + word + " | `" + name + "` | " + keys(type) + " |\n");
                      }
                    }));
    return table.toString();
  }

  private static String keys(Class<?> type) {
    return RecordMapping.components(type).entrySet().stream()
        .map(
            entry -> {
              String usual = usual(type, entry.getValue());
              return "`"
                  + entry.getKey()
                  + "`"
                  + (usual.isEmpty() ? "" : " " + usual)
                  + (Primitives.isWrapperType(Primitives.wrap(entry.getValue().getType()))
                      ? ""
                      : " (" + takes(entry.getValue().getGenericType()) + ")");
            })
        .collect(Collectors.joining(", "));
  }

  private static String usual(Class<?> type, RecordComponent component) {
    if (Layouts.anyNumber("", type, component.getName()).isPresent()) {
      return "of the data";
    }
    Optional<Object> usual = Defaults.of(type, component);
    if (usual.isEmpty()) {
      return "";
    }
    Node node =
        new RecordMapping(Derived.NOTHING).node("", usual.get(), component.getGenericType());
    return YamlText.flow(node);
  }

  private static String takes(Type declared) {
    Class<?> type =
        declared instanceof ParameterizedType parameterized
            ? (Class<?>) parameterized.getRawType()
            : (Class<?>) declared;
    String name = type.getSimpleName();
    if (type == Optional.class) {
      return takes(RecordMapping.argument(declared)) + " or none";
    } else if (name.startsWith("Optional")) {
      return (name.endsWith("Double") ? "number" : "whole number") + " or none";
    } else if (List.class.isAssignableFrom(type)) {
      return "list of " + takes(RecordMapping.argument(declared));
    } else if (type == ScheduledPenalty.class) {
      return takes(Penalty.class) + ", each also with `every` and `factor`";
    } else if (type == Schedule.class) {
      return "number or schedule";
    } else if (type == PointwiseLoss.class) {
      return "loss";
    } else if (type == Shape.class) {
      return "list of whole numbers";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> Words.constant((Enum<?>) constant))
          .collect(Collectors.joining(", "));
    }
    Class<?> plain = Primitives.wrap(type);
    if (plain == Double.class) {
      return "number";
    } else if (plain == Integer.class || plain == Long.class) {
      return "whole number";
    } else if (plain == Boolean.class) {
      return "true or false";
    }
    return type == String.class
        ? "text"
        : KINDS.getOrDefault(type, "keys of " + name.toLowerCase(Locale.ROOT));
  }
}
