package dev.tandem.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the directions between the packages of this module, and between the modules. */
class DashboardArchitectureTest {

  private static final String ROOT = "dev.tandem.dashboard";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT, "dev.tandem.core", "dev.tandem.gan");

  @Test
  void otherModules_knowNoDashboard() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.tandem.core..", "dev.tandem.gan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "..", "io.javalin..", "org.eclipse.jetty..")
        .because("they run without this module")
        .check(CLASSES);
  }

  @Test
  void folders_areReadWithoutAServerAndWithoutArrays() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".http..", "io.javalin..", "org.nd4j..")
        .because("what runs say is apart from how it is shown")
        .check(CLASSES);
  }

  @Test
  void server_isKnownToItsPackageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
        .check(CLASSES);
  }
}
