package dev.tandem.gan.train;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSpec;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.optimizer.ConstantRate;
import dev.tandem.core.tensor.Shape;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Things taken apart into texts by path. A record is the name of its type, and its components
 * below; a net the number of its calls, and their layers below by position; code is {@code code}.
 */
final class SettingFields {

  private static final String CODE = "code";

  private final SortedMap<String, String> fields = new TreeMap<>();

  ImmutableSortedMap<String, String> build() {
    return ImmutableSortedMap.copyOfSorted(fields);
  }

  /** Whether a text stands for code, of which nobody knows whether it is the same elsewhere. */
  static boolean isCode(String text) {
    return text.equals(CODE) || text.startsWith(CODE + " ");
  }

  void put(String path, @Nullable Object value) {
    if (value == null) {
      fields.put(path, "none");
    } else if (value instanceof Optional<?> optional) {
      put(path, optional.orElse(null));
    } else if (value instanceof OptionalLong optional) {
      put(path, optional.isPresent() ? optional.getAsLong() : null);
    } else if (value instanceof OptionalDouble optional) {
      put(path, optional.isPresent() ? optional.getAsDouble() : null);
    } else if (value instanceof ConstantRate constant) {
      put(path, constant.rate());
    } else if (value instanceof Number
        || value instanceof Boolean
        || value instanceof String
        || value instanceof Shape) {
      fields.put(path, value.toString());
    } else if (value instanceof Enum<?> constant) {
      fields.put(path, constant.name());
    } else if (value instanceof List<?> list) {
      list(path, list);
    } else if (value instanceof Model net) {
      net(path, net);
    } else if (value instanceof LayerSpec layer) {
      fields.put(path, layer.type());
      config(path, layer.settings().values());
    } else if (value instanceof Record record) {
      record(path, record);
    } else {
      fields.put(path, code(value));
    }
  }

  private void list(String path, List<?> list) {
    fields.put(path, list.size() + (list.size() == 1 ? " entry" : " entries"));
    for (int i = 0; i < list.size(); i++) {
      put(path + "." + i, list.get(i));
    }
  }

  private void record(String path, Record record) {
    fields.put(path, RunTypes.name(record.getClass()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        put(path + "." + component.getName(), component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(record.getClass().getName() + " cannot be read", e);
      }
    }
  }

  /** The calls of a net with their settings; which calls follow which is held by the weights. */
  private void net(String path, Model model) {
    int[] calls = {0};
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model part, CallSite site) {
            if (!site.isRoot()) {
              fields.put(path + "." + calls[0]++, "model");
            }
            return true;
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            call(path + "." + calls[0]++, layer);
            return false;
          }
        });
    fields.put(path, "net of " + calls[0] + " calls");
  }

  private void call(String path, Layer layer) {
    if (layer instanceof StandardLayer<?> standard) {
      fields.put(path, layer.typeName());
      config(path, standard.settings().values());
    } else {
      fields.put(path, CODE + " of " + layer.typeName());
    }
  }

  private void config(String path, Map<String, Object> settings) {
    settings.forEach((name, value) -> put(path + "." + name, value));
  }

  /** Of a class that holds nothing its name; else there may be more to it than can be seen. */
  private static String code(Object value) {
    Class<?> type = value.getClass();
    if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass()) {
      return CODE;
    }
    boolean holdsNothing =
        Stream.<Class<?>>iterate(type, c -> c != null, Class::getSuperclass)
            .flatMap(c -> Stream.of(c.getDeclaredFields()))
            .allMatch(field -> Modifier.isStatic(field.getModifiers()));
    String name = RunTypes.name(type);
    return holdsNothing ? name : CODE + " of " + name;
  }
}
