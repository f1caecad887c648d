package dev.tandem.gan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the directions between the packages of this module. */
class ArchitectureTest {

  private static final String ROOT = "dev.tandem.gan";

  /** The rooms of objectives. */
  private static final String[] ROOMS = {
    "objective.critic", "objective.loss", "objective.augment", "objective.penalty"
  };

  /** The packages that each package may use; pictures, data and metrics serve any generator. */
  private static final Map<String, List<String>> KNOWN =
      Map.ofEntries(
          entry("image"),
          entry("data"),
          entry("metric", "data"),
          entry("latent"),
          entry("net", "latent"),
          entry("conditioning", "latent"),
          entry("pair", "latent", "conditioning"),
          entry("objective.critic"),
          entry("objective.loss", "objective.critic"),
          entry("objective.augment"),
          entry("objective.penalty", "objective.critic", "objective.augment"),
          entry("objective", ROOMS),
          entry("step", with(ROOMS, "conditioning", "pair", "objective")),
          entry("train", with(ROOMS, "latent", "conditioning", "pair", "objective", "step")),
          entry(
              "preset",
              with(ROOMS, "latent", "net", "conditioning", "pair", "objective", "step", "train")),
          entry(
              "config",
              with(
                  ROOMS,
                  "data",
                  "latent",
                  "net",
                  "conditioning",
                  "pair",
                  "objective",
                  "step",
                  "train",
                  "preset")));

  private static String[] with(String[] rooms, String... others) {
    return Stream.concat(Stream.of(rooms), Stream.of(others)).toArray(String[]::new);
  }

  private static Map.Entry<String, List<String>> entry(String name, String... known) {
    return Map.entry(name, List.of(known));
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packages_knowOnlyThoseTheyMay() {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : KNOWN.keySet()) {
      architecture = architecture.layer(name).definedBy(ROOT + "." + name);
    }
    for (String name : KNOWN.keySet()) {
      List<String> known = KNOWN.get(name);
      architecture =
          known.isEmpty()
              ? architecture.whereLayer(name).mayNotAccessAnyLayer()
              : architecture.whereLayer(name).mayOnlyAccessLayers(known.toArray(String[]::new));
    }
    architecture.ensureAllClassesAreContainedInArchitecture().check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classes_writeNoTrainableFlag() {
    noClasses()
        .should()
        .callMethod(Model.class, "setTrainable", boolean.class)
        .orShould()
        .callMethod(Layer.class, "setTrainable", boolean.class)
        .because("steps are compiled with selections; flags belong to the user")
        .check(CLASSES);
  }

  @Test
  void packages_haveAPackageInfo() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .map(Path::getParent)
                  .distinct())
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }
}
