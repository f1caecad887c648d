package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.PoolWindow;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class OpSamplesTest {

  @Test
  void samples_haveEveryOpOfThePackage() {
    Set<Object> ops =
        new ClassFileImporter()
                .withImportOption(location -> location.contains("/dev/tandem/core/op/"))
                .importUrl(Op.class.getProtectionDomain().getCodeSource().getLocation())
                .stream()
                .filter(type -> type.isAssignableTo(Op.class) && !type.isInterface())
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::reflect)
                .flatMap(
                    type -> type.isEnum() ? Stream.of(type.getEnumConstants()) : Stream.of(type))
                .collect(Collectors.toSet());
    Set<Object> sampled =
        OpSamples.all()
            .map(sample -> sample.op().apply(DataType.DOUBLE).kind())
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
    assertThat(new Conv2DInputGradient(ConvGeometry.valid(1, 1), null).opName())
        .isEqualTo("conv2d_input_gradient");
    assertThat(new LeakyRelu(0.1).opName()).isEqualTo("leaky_relu");
    assertThat(UnaryFunction.LOG1P.opName()).isEqualTo("log1p");
    assertThat(new MatMul(false, false).opName()).isEqualTo("matmul");
    assertThat(new MaxPool2D(PoolWindow.valid(2, 2, 2, 2)).opName()).isEqualTo("max_pool2d");
  }
}
