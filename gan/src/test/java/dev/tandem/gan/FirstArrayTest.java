package dev.tandem.gan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tandem.core.backend.Backend;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nothing makes a program's first array before the backend was looked at. */
class FirstArrayTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tandem.core", "dev.tandem.gan");

  private static boolean involvesArrays(JavaType type) {
    return type.getAllInvolvedRawTypes().stream()
        .anyMatch(raw -> raw.isAssignableTo(INDArray.class));
  }

  private static boolean holdsArrays(JavaClass type) {
    return type.getAllFields().stream().anyMatch(field -> involvesArrays(field.getType()));
  }

  /** Whether there has been an array before it can be called. */
  private static boolean comesLater(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream().anyMatch(FirstArrayTest::holdsArrays)
        || unit.getParameterTypes().stream().anyMatch(FirstArrayTest::involvesArrays)
        || holdsArrays(unit.getOwner());
  }

  private static boolean calls(JavaCodeUnit unit, Class<?> owner) {
    return unit.getMethodCallsFromSelf().stream()
        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(owner));
  }

  /** A private method may leave it to another one of its class. */
  private static boolean isGuarded(JavaCodeUnit unit) {
    return calls(unit, Backend.class)
        || unit.getModifiers().contains(JavaModifier.PRIVATE)
            && unit.getOwner().getCodeUnits().stream()
                .anyMatch(other -> calls(other, Backend.class));
  }

  @Test
  void methodsThatUseNd4j_requireTheBackendFirst() {
    codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackages(
            // behind an engine, which requires it
            "..core.backend..", "..core.op..", "..core.engine..", "..core.samediff..")
        .should(
            new ArchCondition<JavaCodeUnit>("require the backend before they use ND4J") {
              @Override
              public void check(JavaCodeUnit unit, ConditionEvents events) {
                if (calls(unit, Nd4j.class) && !comesLater(unit)) {
                  events.add(
                      new SimpleConditionEvent(
                          unit,
                          isGuarded(unit),
                          unit.getFullName() + " uses ND4J without Backend.require()"));
                }
              }
            })
        .check(CLASSES);
  }
}
