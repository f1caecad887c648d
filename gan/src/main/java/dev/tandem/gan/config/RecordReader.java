package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.Primitives;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Nodes as records, each refused by its path and place where it does not fit. */
final class RecordReader {

  static final String EVERY = "every";
  static final String FACTOR = "factor";

  private final Derived derived;

  RecordReader(Derived derived) {
    this.derived = derived;
  }

  /**
   * What a node stands for.
   *
   * @param declared the type of what is wanted
   * @throws ConfigException if it is something else
   */
  @Nullable Object read(String path, Node node, Type declared) {
    Class<?> type = raw(declared);
    boolean none = node instanceof Node.Scalar scalar && scalar.isNone();
    if (type == Optional.class) {
      return none
          ? Optional.empty()
          : Optional.ofNullable(read(path, node, RecordMapping.argument(declared)));
    } else if (type == OptionalDouble.class) {
      return none ? OptionalDouble.empty() : OptionalDouble.of(Scalars.number(path, node));
    } else if (type == OptionalLong.class) {
      return none ? OptionalLong.empty() : OptionalLong.of(Scalars.whole(path, node));
    } else if (type == OptionalInt.class) {
      return none ? OptionalInt.empty() : OptionalInt.of(Scalars.integer(path, node));
    } else if (List.class.isAssignableFrom(type)) {
      return list(path, node, RecordMapping.argument(declared));
    } else if (type == Shape.class) {
      return shape(path, node);
    } else if (type == ScheduledPenalty.class) {
      return penalty(path, node);
    } else if (type == Schedule.class && node instanceof Node.Scalar) {
      return guarded(path, node, () -> Schedules.constant(Scalars.number(path, node)), Map.of());
    } else if (type.isRecord()) {
      return record(path, node, type, branch(path, node));
    } else if (type.isInterface()) {
      return oneOf(path, node, type);
    }
    return Scalars.read(path, node, type);
  }

  private static Class<?> raw(Type type) {
    Class<?> raw =
        type instanceof Class<?> plain ? plain : (Class<?>) ((ParameterizedType) type).getRawType();
    return Primitives.wrap(raw);
  }

  private ImmutableList<Object> list(String path, Node node, Type each) {
    if (node instanceof Node.Scalar scalar && scalar.isNone()) {
      return ImmutableList.of();
    }
    if (!(node instanceof Node.Items items)) {
      throw node.place()
          .error(path + " is not a list, as [a, b] or lines that begin with \"- \"" + said(node));
    }
    ImmutableList.Builder<Object> list = ImmutableList.builder();
    for (int i = 0; i < items.list().size(); i++) {
      list.add(Objects.requireNonNull(read(path + "." + i, items.list().get(i), each)));
    }
    return list.build();
  }

  private Shape shape(String path, Node node) {
    if (node instanceof Node.Scalar) {
      return Shape.of(Scalars.whole(path, node));
    }
    return Shape.of(list(path, node, Long.class).stream().mapToLong(size -> (Long) size).toArray());
  }

  private ScheduledPenalty penalty(String path, Node node) {
    if (!(node instanceof Node.Branch branch)) {
      return new ScheduledPenalty((Penalty) oneOf(path, node, Penalty.class), 1);
    }
    Node every = branch.get(EVERY);
    Node factor = branch.get(FACTOR);
    Penalty penalty =
        (Penalty) oneOf(path, branch.without(EVERY).without(FACTOR), Penalty.class, EVERY, FACTOR);
    int interval = every == null ? 1 : Scalars.integer(path + "." + EVERY, every);
    Optional<Schedule> schedule =
        factor == null || factor instanceof Node.Scalar scalar && scalar.isNone()
            ? Optional.empty()
            : Optional.ofNullable((Schedule) read(path + "." + FACTOR, factor, Schedule.class));
    return guarded(
        path,
        node,
        () -> new ScheduledPenalty(penalty, interval, schedule),
        Map.of(EVERY, interval));
  }

  private static Node.Branch branch(String path, Node node) {
    if (node instanceof Node.Branch branch) {
      return branch;
    }
    throw node.place().error(path + " has no keys of its own, as in {key: value}" + said(node));
  }

  private static String said(Node node) {
    return node instanceof Node.Scalar scalar ? ": " + scalar.text() : "";
  }

  /** A record of one of the types that are of a declared one. */
  private Object oneOf(String path, Node node, Class<?> declared, String... others) {
    ImmutableSortedMap<String, Class<?>> kinds = Kinds.of(declared);
    if (node instanceof Node.Scalar scalar) {
      return record(path, node, kind(path, scalar, kinds), Node.Branch.empty(node.place()));
    }
    Node.Branch branch = branch(path, node);
    if (!(branch.get(Tree.TYPE) instanceof Node.Scalar scalar)) {
      throw node.place()
          .error(path + " lacks " + Tree.TYPE + "; there are " + String.join(", ", kinds.keySet()));
    }
    return record(path, node, kind(path, scalar, kinds), branch.without(Tree.TYPE), others);
  }

  private static Class<?> kind(
      String path, Node.Scalar name, ImmutableSortedMap<String, Class<?>> kinds) {
    Class<?> kind = kinds.get(name.text());
    if (kind == null) {
      throw name.place()
          .error(
              path
                  + " is none of "
                  + String.join(", ", kinds.keySet())
                  + ": "
                  + name.text()
                  + nearest(name.text(), kinds.keySet()));
    }
    return kind;
  }

  private static String nearest(String word, Collection<String> names) {
    return names.isEmpty() ? "" : "; the nearest is " + Nearest.to(word, names);
  }

  private Object record(
      String path, Node whole, Class<?> type, Node.Branch branch, String... others) {
    Map<String, RecordComponent> components = RecordMapping.components(type);
    List<String> keys = new ArrayList<>(List.of(others));
    keys.addAll(0, components.keySet());
    if (whole != branch) {
      keys.add(0, Tree.TYPE); // taken out of the branch above
    }
    requireKnown(path, branch, keys);
    Map<String, Object> values = new LinkedHashMap<>();
    components.forEach(
        (key, component) -> values.put(key, component(path, whole, branch, type, key, component)));
    return guarded(
        path, whole, () -> Records.create(type, arguments(components.values(), values)), values);
  }

  /** A nullable component is written as an optional. */
  private static @Nullable Object[] arguments(
      Collection<RecordComponent> components, Map<String, Object> values) {
    @Nullable Object[] arguments = new @Nullable Object[components.size()];
    int i = 0;
    for (RecordComponent component : components) {
      Object value = values.get(Words.key(component.getName()));
      boolean isNull = value instanceof Optional<?> && component.getType() != Optional.class;
      arguments[i++] = isNull ? null : value;
    }
    return arguments;
  }

  /** Refuses keys that are not among some. */
  static void requireKnown(String path, Node.Branch branch, Collection<String> keys) {
    for (Map.Entry<String, Node.Member> member : branch.members().entrySet()) {
      if (!keys.contains(member.getKey())) {
        throw unknown(path, member.getKey(), member.getValue().at(), keys);
      }
    }
  }

  private static ConfigException unknown(
      String path, String key, Place at, Collection<String> keys) {
    String name = path.isEmpty() ? key : path + "." + key;
    if (keys.isEmpty()) {
      return at.error("there is no key " + name + "; " + path + " has none");
    }
    return at.error(
        "there is no key "
            + name
            + nearest(key, keys)
            + ", and there are "
            + String.join(", ", keys));
  }

  private Object component(
      String path,
      Node whole,
      Node.Branch branch,
      Class<?> type,
      String key,
      RecordComponent component) {
    Node node = branch.get(key);
    String below = path.isEmpty() ? key : path + "." + key;
    if (node != null) {
      boolean nullable =
          !component.getType().isPrimitive()
              && Defaults.of(type, component).filter(Optional.empty()::equals).isPresent();
      if (nullable && node instanceof Node.Scalar scalar && scalar.isNone()) {
        return Defaults.of(type, component).get();
      }
      return Objects.requireNonNull(read(below, node, component.getGenericType()));
    }
    return derived
        .value(path, type, component.getName())
        .or(() -> Defaults.of(type, component))
        .orElseThrow(
            () -> whole.place().error((path.isEmpty() ? "the config" : path) + " lacks " + key));
  }

  private static <T> T guarded(
      String path, Node node, Supplier<T> making, Map<String, Object> values) {
    try {
      return making.get();
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw Refusal.of(path, node, values, e);
    }
  }
}
