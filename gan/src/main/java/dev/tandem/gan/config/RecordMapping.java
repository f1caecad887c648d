package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.optimizer.ConstantRate;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records as nodes. What {@link RecordReader} reads of a node is equal to what it was made of. */
final class RecordMapping {

  private static final Place MADE = Place.of("settings");

  private final Derived derived;

  RecordMapping(Derived derived) {
    this.derived = derived;
  }

  /**
   * A value as a node.
   *
   * @param declared its type where it stands
   * @throws ConfigException if it is code, or of a type without a name
   */
  Node node(String path, @Nullable Object value, Type declared) {
    if (value instanceof Optional<?> optional) {
      return node(path, optional.orElse(null), argument(declared));
    } else if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? scalar(Words.number(optional.getAsDouble())) : none();
    } else if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? scalar(Long.toString(optional.getAsLong())) : none();
    } else if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? scalar(Integer.toString(optional.getAsInt())) : none();
    } else if (value == null) {
      return none();
    } else if (value instanceof Double || value instanceof Float) {
      return scalar(Words.number(((Number) value).doubleValue()));
    } else if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return scalar(value.toString());
    } else if (value instanceof Enum<?> constant) {
      return scalar(Words.constant(constant));
    } else if (value instanceof Shape shape) {
      return items(path, Arrays.stream(shape.toArray()).boxed().toList(), Long.class);
    } else if (value instanceof List<?> list) {
      return items(path, list, argument(declared));
    } else if (value instanceof ConstantRate constant && declared == Schedule.class) {
      return scalar(Words.number(constant.rate()));
    } else if (value instanceof ScheduledPenalty penalty) {
      return penalty(path, penalty);
    } else if (value instanceof Record record) {
      return record(path, record, declared);
    }
    throw code(path, value);
  }

  private static ConfigException code(String path, Object value) {
    Class<?> type = value.getClass();
    String name = type.isHidden() || type.isSynthetic() ? "code" : "of " + type.getName();
    return new ConfigException(
        path
            + " is "
            + name
            + ", for which files have no form; make it a record, and register that with"
            + " RunTypes.register");
  }

  private Node items(String path, List<?> list, Type each) {
    ImmutableList.Builder<Node> nodes = ImmutableList.builder();
    for (int i = 0; i < list.size(); i++) {
      nodes.add(node(path + "." + i, list.get(i), each));
    }
    return new Node.Items(nodes.build(), MADE);
  }

  /** Its penalty, and what there is to its schedule. */
  private Node penalty(String path, ScheduledPenalty scheduled) {
    Node node = node(path, scheduled.penalty(), Penalty.class);
    boolean plain = scheduled.every() == 1 && scheduled.factor().isEmpty();
    if (plain) {
      return node;
    }
    Node.Branch branch =
        node instanceof Node.Branch there
            ? there
            : Node.Branch.empty(MADE).with(Tree.TYPE, MADE, node);
    if (scheduled.every() != 1) {
      branch = branch.with(RecordReader.EVERY, MADE, scalar("" + scheduled.every()));
    }
    return scheduled.factor().isEmpty()
        ? branch
        : branch.with(
            RecordReader.FACTOR,
            MADE,
            node(path + "." + RecordReader.FACTOR, scheduled.factor().get(), Schedule.class));
  }

  private Node record(String path, Record record, Type declared) {
    Class<?> type = record.getClass();
    Node.Branch branch = Node.Branch.empty(MADE);
    boolean named = declared != type;
    if (named) {
      Optional<String> name = Kinds.name(type);
      if (name.isEmpty()) {
        throw code(path, record);
      }
      branch = branch.with(Tree.TYPE, MADE, scalar(name.get()));
    }
    for (Map.Entry<String, RecordComponent> entry : components(type).entrySet()) {
      RecordComponent component = entry.getValue();
      Object value = Records.nullable(record, component);
      boolean follows =
          derived.value(path, type, component.getName()).filter(it -> it.equals(value)).isPresent();
      if (!follows) {
        String key = entry.getKey();
        String below = path.isEmpty() ? key : path + "." + key;
        branch = branch.with(key, MADE, node(below, value, component.getGenericType()));
      }
    }
    Node name = branch.get(Tree.TYPE);
    return named && name != null && branch.members().size() == 1 ? name : branch;
  }

  /** The components of a record type by key. */
  static Map<String, RecordComponent> components(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(Words.key(component.getName()), component);
    }
    return components;
  }

  static Type argument(Type type) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }

  private static Node.Scalar scalar(String text) {
    return new Node.Scalar(text, MADE);
  }

  private static Node none() {
    return Node.Scalar.none(MADE);
  }
}
