package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class OpSamplesTest {

  @Test
  void samples_haveEveryOpOfThePackage() {
    Set<String> ops =
        new ClassFileImporter()
                .withImportOption(location -> location.contains("/dev/tandem/core/op/"))
                .importUrl(Op.class.getProtectionDomain().getCodeSource().getLocation())
                .stream()
                .filter(type -> type.isAssignableTo(Op.class) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    Set<String> sampled =
        OpSamples.all()
            .map(sample -> sample.op().apply(DataType.DOUBLE).getClass().getSimpleName())
            .collect(Collectors.toSet());

    assertThat(sampled).containsExactlyInAnyOrderElementsOf(ops);
  }

  @Test
  void ops_haveEquality() {
    assertThat(OpSamples.all().map(OpSample::op).toList())
        .allSatisfy(op -> assertThat(op).isNotNull());
    assertThat(new MatMul(true, false))
        .isEqualTo(new MatMul(true, false))
        .isNotEqualTo(new MatMul(false, false));
  }

  @Test
  void names_areSnakeCase() {
    assertThat(new Conv2DInputGradient(ConvGeometry.valid(1, 1), null).name())
        .isEqualTo("conv2d_input_gradient");
    assertThat(new LeakyRelu(0.1).name()).isEqualTo("leaky_relu");
    assertThat(new Log1p().name()).isEqualTo("log1p");
    assertThat(new MatMul(false, false).name()).isEqualTo("matmul");
    assertThat(new MaxPool2D(PoolWindow.valid(2, 2, 2, 2)).name()).isEqualTo("max_pool2d");
  }
}
