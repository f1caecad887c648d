package dev.tandem.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what this module may know. */
class Dl4jArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tandem.dl4j");

  @Test
  void reader_knowsNothingOfDl4j() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.deeplearning4j..")
        .because("zips are read without it")
        .check(CLASSES);
  }
}
