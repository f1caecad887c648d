package dev.tandem.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the directions between the packages of this module, and between the modules. */
class CudaArchitectureTest {

  private static final String ROOT = "dev.tandem.cuda";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT, "dev.tandem.core", "dev.tandem.gan");

  @Test
  void otherModules_knowNoCard() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.tandem.core..", "dev.tandem.gan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "..", "org.bytedeco.cuda..")
        .because("they run without this module")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** From left to right: a package may know those left of it. */
  private static final List<String> ORDER = List.of("text", "device", "group", "kernel");

  @Test
  void packages_knowOnlyThoseLeftOfThem() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] right =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(name -> ROOT + "." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + ORDER.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(right)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, ROOT + ".memory..", ROOT + ".driver..")
          .because("kernels are chosen and written without memory, a card or an engine")
          .check(CLASSES);
    }
  }

  @Test
  void presets_areCalledByTheDriverPackageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".driver..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.cuda..")
        .because("all else runs on any device, in tests too")
        .check(CLASSES);
  }

  @Test
  void publicTypes_ofAllModules_haveANameOfTheirOwn() {
    Map<String, List<String>> byName =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.isTopLevelClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));

    assertThat(byName).hasSizeGreaterThan(300).containsKeys("CudaEngine", "Dense");
    assertThat(byName.values().stream().filter(types -> types.size() > 1)).isEmpty();
  }
}
