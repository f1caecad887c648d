package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.train.Callback;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of what there is leave nothing out, and name nothing that is not there. */
class CatalogTest {

  private static final String PAGE = Snippets.read(Snippets.DOCS.resolve("catalog.md"));

  @ParameterizedTest
  @ValueSource(
      classes = {
        Activations.class,
        Losses.class,
        Metrics.class,
        Schedules.class,
        Clippings.class,
        Initializers.class,
        Regularizers.class,
        AdversarialLosses.class,
        Penalties.class,
        GeneratorTerms.class,
        Augmentations.class,
        AdaAugmentations.class,
        Latent.class
      })
  void factories_areAllListed(Class<?> factories) {
    List<String> missing =
        Arrays.stream(factories.getDeclaredMethods())
            .filter(
                method ->
                    Modifier.isPublic(method.getModifiers())
                        && Modifier.isStatic(method.getModifiers()))
            .map(method -> method.getName() + "(")
            .distinct()
            .filter(name -> !PAGE.contains("`" + name))
            .toList();

    assertThat(missing).isEmpty();
  }

  @Test
  void layersOptimizersAndCallbacks_areAllListed() throws Exception {
    List<String> missing = new ArrayList<>();
    for (Class<?> kind : List.of(Layer.class, Optimizer.class, Callback.class)) {
      for (Class<?> type : publicTypes()) {
        if (kind.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())
            && isMadeByUsers(type)
            && !PAGE.contains("`" + type.getSimpleName() + ".")) {
          missing.add(type.getSimpleName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void typesOfTheLists_areThere() throws Exception {
    List<String> names = publicTypes().stream().map(Class::getSimpleName).toList();
    List<String> listed =
        PAGE.lines()
            .filter(line -> line.matches("\\| `[A-Z]\\w*\\..*"))
            .map(line -> line.substring(3, line.indexOf('.')))
            .toList();

    assertThat(listed).isNotEmpty().allMatch(names::contains);
  }

  private static boolean isMadeByUsers(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            method ->
                Modifier.isPublic(method.getModifiers())
                    && Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == type);
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (String module : List.of("core", "gan")) {
      Path root = Snippets.ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
          if (name.endsWith(".java") && !name.endsWith("-info.java")) {
            Class<?> type =
                Class.forName(
                    name.substring(0, name.length() - ".java".length()),
                    false,
                    CatalogTest.class.getClassLoader());
            if (Modifier.isPublic(type.getModifiers())) {
              types.add(type);
            }
          }
        }
      }
    }
    return types;
  }
}
