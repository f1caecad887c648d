package dev.tandem.keras;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the directions between this module and others. */
class KerasArchitectureTest {

  private static final String ROOT = "dev.tandem.keras..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tandem.core", "dev.tandem.keras");

  @Test
  void core_knowsNoKeras() {
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, "io.jhdf..")
        .because("it runs without this module")
        .check(CLASSES);
  }

  @Test
  void keras_needsNoEngineAndNoTraining() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tandem.core.engine..", "dev.tandem.core.train..", "dev.tandem.gan..")
        .because("files become models, which others train and run")
        .check(CLASSES);
  }

  @Test
  void filesAreRead_inOnePlaceAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .haveNameNotMatching(".*\\.(Hdf5|NumberType)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.jhdf..")
        .because("what is read of HDF5 is checked there")
        .check(CLASSES);
  }
}
