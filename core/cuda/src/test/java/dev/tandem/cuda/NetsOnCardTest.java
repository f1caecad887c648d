package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.net.NetSample;
import dev.tandem.gan.net.NetSamples;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every net that this library brings trains on a card as on the host, narrow and small. */
class NetsOnCardTest {

  @ParameterizedTest
  @MethodSource("dev.tandem.gan.net.NetSamples#all")
  void nets_onACard_trainAsOnTheHost(NetSample nets) {
    AdversarialPair pair = nets.pair().get();
    INDArray samples = Nd4j.zeros(DataType.FLOAT, pair.sampleShape().prepend(9).toArray());
    CounterRandom.of(1).normal(samples);
    Dataset data =
        Dataset.builder()
            .input("sample", samples)
            .target("label", Nd4j.createFromArray(0, 1, 2, 0, 1, 2, 0, 1, 2))
            .build();
    CardRounds.check(
        AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating())).batch(3),
        List.of(data));
  }

  @Test
  void nets_thatAreBuiltByPublicMethods_areAllAmongTheCases() {
    Set<String> tried =
        NetSamples.all().stream().flatMap(nets -> nets.nets().stream()).collect(Collectors.toSet());

    assertThat(makers()).isNotEmpty().isSubsetOf(tried);
    assertThat(tried).isSubsetOf(makers());
  }

  /** The public methods of public classes of nets that give a model. */
  private static Set<String> makers() {
    Set<String> makers = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tandem.gan.net")) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isInterface()) {
        for (JavaMethod method : type.getMethods()) {
          if (method.getModifiers().contains(JavaModifier.PUBLIC)
              && method.getRawReturnType().isEquivalentTo(Model.class)) {
            makers.add(type.getSimpleName() + "." + method.getName());
          }
        }
      }
    }
    return makers;
  }
}
