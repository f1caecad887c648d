package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/** Layouts of random records with random numbers, which the records accept. */
final class RandomLayouts {

  private static final int TRIES = 200;

  private final Random random;
  private int depth;

  RandomLayouts(long seed) {
    random = new Random(seed);
  }

  Layout next() {
    return (Layout) record(Layout.class);
  }

  private Object record(Class<?> type) {
    for (int i = 0; i < TRIES; i++) {
      RecordComponent[] components = type.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = value(type, components[j]);
      }
      try {
        return Records.create(type, values);
      } catch (IllegalArgumentException e) {
        // other numbers
      }
    }
    throw new AssertionError("no " + type + " in " + TRIES + " tries");
  }

  private Object value(Class<?> owner, RecordComponent component) {
    if (owner == Layout.class) {
      switch (component.getName()) {
        case "version":
          return 1;
        case "name":
          return List.of("r3gan", "no", "1.5", "größer_2").get(random.nextInt(4));
        case "precision":
          return "float32";
        default:
          break;
      }
    }
    if (component.getName().equals("clipping") && random.nextBoolean()) {
      return null;
    }
    return value(component.getGenericType());
  }

  private Object value(Type declared) {
    Class<?> type =
        declared instanceof Class<?> raw
            ? raw
            : (Class<?>) ((ParameterizedType) declared).getRawType();
    Type each =
        declared instanceof ParameterizedType parameterized
            ? parameterized.getActualTypeArguments()[0]
            : Object.class;
    if (type == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(value(each));
    } else if (type == OptionalDouble.class) {
      return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number());
    } else if (type == OptionalLong.class) {
      return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
    } else if (List.class.isAssignableFrom(type)) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(each));
      }
      return ImmutableList.copyOf(list);
    } else if (type == Shape.class) {
      return random.nextBoolean() ? Shape.of(1 + random.nextInt(300)) : Shape.of(4, 5, 6);
    } else if (type == double.class || type == Double.class) {
      return number();
    } else if (type == int.class) {
      return random.nextInt(5) == 0 ? 16 << random.nextInt(3) : random.nextInt(40);
    } else if (type == long.class || type == Long.class) {
      return (long) random.nextInt(100_000);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return List.of("mnist", "my pictures/a: b", "no", "#1", "ü \"x\"", "1.5", "a\\b\n")
          .get(random.nextInt(7));
    } else if (type == ScheduledPenalty.class) {
      return new ScheduledPenalty(
          (Penalty) value(Penalty.class),
          1 + random.nextInt(3),
          random.nextBoolean() ? Optional.empty() : Optional.of((Schedule) value(Schedule.class)));
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    } else if (type.isRecord()) {
      return record(type);
    }
    return deeper(type);
  }

  private Object deeper(Class<?> type) {
    if (type == Schedule.class && depth > 3) {
      return Schedules.constant(random.nextDouble());
    }
    List<Class<?>> kinds = List.copyOf(Kinds.of(type).values());
    depth++;
    try {
      return record(kinds.get(random.nextInt(kinds.size())));
    } finally {
      depth--;
    }
  }

  private double number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(10);
      case 1 -> random.nextDouble();
      case 2 -> random.nextDouble() * 1e-9;
      case 3 -> 1e9 * (1 + random.nextDouble());
      case 4 -> 0.5;
      default -> random.nextInt(40) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble() * 2;
    };
  }
}
