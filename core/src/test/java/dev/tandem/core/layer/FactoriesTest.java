package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every layer is made in one of two ways: with {@code of}, or with the setting that tells it. */
class FactoriesTest {

  private static List<Method> factories(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == type)
        .toList();
  }

  @Test
  void layers_areMadeWithOfOrTheSettingThatTellsThem() {
    for (LayerSample sample : LayerSamples.all()) {
      if (sample.layer() instanceof StandardLayer<?> layer
          && Modifier.isPublic(layer.getClass().getModifiers())) {
        Set<String> names =
            factories(layer.getClass()).stream().map(Method::getName).collect(Collectors.toSet());

        assertThat(names).as(layer.typeName()).isNotEmpty();
        names.remove("of");
        if (!names.isEmpty()) {
          assertThat(layer.settings().values().keySet()).as(layer.typeName()).containsAll(names);
        }
      }
    }
  }
}
