package dev.tandem.core.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what this module may know of Spark. */
class SparkArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tandem.core.spark");

  @Test
  void networkOfSpark_isCalledByOneClass() {
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.core.spark..")
        .and()
        .doNotHaveFullyQualifiedName(Wire.class.getName())
        .and()
        .haveNameNotMatching(Wire.class.getName().replace(".", "\\.") + "\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark.network..")
        .because("it is no documented interface, and may change with each version")
        .check(CLASSES);
  }
}
