package dev.tandem.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the directions between this module and the others. */
class OnnxArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tandem.onnx", "dev.tandem.core", "dev.tandem.gan");

  @Test
  void coreAndGan_knowNoFilesOfOnnx() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.tandem.core..", "dev.tandem.gan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.tandem.onnx..", "onnx..")
        .because("they run without this module")
        .check(CLASSES);
  }

  @Test
  void exports_needNoRuntime() {
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "dev.tandem.gan..")
        .because("whoever exports a model need not run it there")
        .check(CLASSES);
  }
}
