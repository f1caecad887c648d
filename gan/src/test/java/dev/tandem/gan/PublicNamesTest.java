package dev.tandem.gan;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No two public types of the library have one name, so that one file can import both. */
class PublicNamesTest {

  @Test
  void publicTypes_haveANameOfTheirOwn() {
    Map<String, List<String>> byName =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem.core", "dev.tandem.gan")
                .stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.isTopLevelClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(
                    Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toList())));

    assertThat(byName).hasSizeGreaterThan(300).containsKeys("Dense", "AdversarialTraining");
    assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
  }
}
