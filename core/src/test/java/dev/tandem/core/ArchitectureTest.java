package dev.tandem.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the directions between the packages of this module. */
class ArchitectureTest {

  private static final String ROOT = "dev.tandem.core";

  /** From left to right: a package may know those left of its group, and none of its own group. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("backend"),
          List.of("tensor"),
          List.of("op"),
          // Threads or processes that exchange numbers, whatever these are of.
          List.of("worker"),
          List.of("autodiff"),
          List.of("graph"),
          List.of("activation", "initializer", "regularizer"),
          List.of("layer"),
          List.of("loss", "metric", "optimizer"),
          List.of("model"),
          List.of("lowering"),
          // Two readings of one OpGraph that check each other: neither may lean on the other.
          List.of("samediff", "engine"),
          List.of("data"),
          List.of("train"),
          List.of("io"));

  /** Packages that may know less than their place in the order would let them. */
  private static final Map<String, List<String>> NARROWER =
      Map.of(
          // What layers are set to: functions in ops and numbers, which know of no layer.
          "activation", List.of("tensor", "op"),
          "initializer", List.of("tensor", "op"),
          "regularizer", List.of("tensor", "op"),
          // Recipes say what is computed, in ops, and hold for any graph of layers.
          "loss", List.of("tensor", "op", "layer"),
          "metric", List.of("tensor", "op", "layer"),
          "optimizer", List.of("tensor", "op", "layer"),
          // Data sets are arrays and files, useful without any model.
          "data", List.of("backend", "tensor"),
          "worker", List.of("tensor", "op"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void classes_useNoJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.Object(Input|Output)Stream")
        .because("files have a format of their own")
        .check(CLASSES);
  }

  @Test
  void packages_knowOnlyThoseLeftOfThem() {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : (Iterable<String>) ORDER.stream().flatMap(List::stream)::iterator) {
      architecture = architecture.layer(name).definedBy(ROOT + "." + name + "..");
    }
    List<String> left = new ArrayList<>();
    for (List<String> group : ORDER) {
      for (String name : group) {
        List<String> known = NARROWER.getOrDefault(name, left);
        architecture =
            known.isEmpty()
                ? architecture.whereLayer(name).mayNotAccessAnyLayer()
                : architecture.whereLayer(name).mayOnlyAccessLayers(known.toArray(String[]::new));
      }
      left.addAll(group);
    }
    architecture.ensureAllClassesAreContainedInArchitecture().check(CLASSES);
  }

  /** Families of ops, and which others each may know besides the op graph itself. */
  private static final Map<String, List<String>> OP_FAMILIES =
      Map.of(
          "activation", List.of(),
          "array", List.of(),
          "image", List.of(),
          "loss", List.of("activation"),
          "norm", List.of(),
          "random", List.of(),
          "recurrent", List.of("activation"),
          "samediff", List.of("array"),
          "update", List.of());

  @Test
  void opGraph_knowsNoFamilyOfOps() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".op")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".op.*..")
        .because("families stand on the op graph")
        .check(CLASSES);
  }

  @Test
  void opFamilies_knowTheOpGraphAndFewOthers() {
    OP_FAMILIES.forEach(
        (family, known) -> {
          String[] others =
              OP_FAMILIES.keySet().stream()
                  .filter(other -> !other.equals(family) && !known.contains(other))
                  .map(other -> ROOT + ".op." + other + "..")
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(ROOT + ".op." + family + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(CLASSES);
        });
    classes()
        .that()
        .resideInAPackage(ROOT + ".op.*..")
        .should()
        .resideInAnyPackage(
            OP_FAMILIES.keySet().stream()
                .map(family -> ROOT + ".op." + family + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }

  /** Java seals hierarchies within one package alone, so this holds what {@code sealed} would. */
  @Test
  void operations_areLayersAndModelsAlone() {
    classes()
        .that()
        .areAssignableTo(Operation.class)
        .and()
        .areNotInterfaces()
        .should()
        .beAssignableTo(Layer.class)
        .orShould()
        .beAssignableTo(Model.class)
        .because("walks over models know these two kinds")
        .check(CLASSES);
  }

  @Test
  void modelPrint_knowsTensorsAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".model.print..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(resideOutsideOfPackages(ROOT + ".model.print..", ROOT + ".tensor..")))
        .because("what is printed is data")
        .check(CLASSES);
  }

  @Test
  void train_knowsNoReadyCallback() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".train")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".train.callback..")
        .because("callbacks stand on trainers")
        .check(CLASSES);
  }

  /** From left to right: a package of the engine may know those left of it. */
  private static final List<String> ENGINE = List.of("kernel", "pass", "task", "memory");

  @Test
  void planning_knowsNeitherArraysNorKernelsForThem() {
    for (int i = 1; i < ENGINE.size(); i++) {
      List<String> unknown = new ArrayList<>(ENGINE.subList(i + 1, ENGINE.size()));
      unknown.addAll(List.of("nd4j", "onednn"));
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".engine." + ENGINE.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              unknown.stream().map(name -> ROOT + ".engine." + name).toArray(String[]::new))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".engine")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.nd4j.linalg.api.ndarray.INDArray")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..")
          .because("a plan is bound to memory of any kind")
          .check(CLASSES);
    }
  }

  @Test
  void kernelLibraries_knowTheSeamAlone() {
    for (String library : List.of("kernel", "nd4j", "onednn")) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".engine." + library)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.of("", ".pass", ".task", ".memory", ".nd4j", ".onednn")
                  .filter(other -> !other.equals("." + library))
                  .map(other -> ROOT + ".engine" + other)
                  .toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void backend_knowsNd4jItsLoaderAndTheLogOnly() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".backend..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".backend..",
            "java..",
            "org.nd4j..",
            "org.bytedeco.javacpp..",
            "org.slf4j..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void packages_haveAPackageInfo() throws IOException {
    Path sources = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .map(Path::getParent)
                  .distinct())
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }
}
