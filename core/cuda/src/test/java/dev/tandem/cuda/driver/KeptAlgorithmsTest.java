package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAlgorithmsTest {

  private static final DnnAlgorithm ONE = new DnnAlgorithm(1, 4096);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("below").resolve("algorithms.txt");
  }

  private static DnnAlgorithm none() {
    return fail("it was chosen before");
  }

  @Test
  void choice_thatWasNotMeasured_isKeptInMemoryAlone() {
    KeptAlgorithms kept = new KeptAlgorithms(file());

    assertThat(kept.get("a", () -> ONE)).isEqualTo(ONE);
    assertThat(kept.get("a", KeptAlgorithmsTest::none)).isEqualTo(ONE);
    assertThat(file()).doesNotExist();
  }

  @Test
  void choice_thatWasMeasured_holdsInLaterProcesses() {
    new KeptAlgorithms(file()).getMeasured("a", () -> ONE);
    KeptAlgorithms later = new KeptAlgorithms(file());

    assertThat(later.get("a", KeptAlgorithmsTest::none)).isEqualTo(ONE);
    assertThat(later.getMeasured("a", KeptAlgorithmsTest::none)).isEqualTo(ONE);
  }

  @Test
  void measuring_whereAProposalWasTaken_replacesIt() {
    KeptAlgorithms kept = new KeptAlgorithms(file());
    kept.get("a", () -> DnnAlgorithm.NONE);
    kept.getMeasured("a", () -> ONE);

    assertThat(kept.get("a", KeptAlgorithmsTest::none)).isEqualTo(ONE);
  }

  @Test
  void lines_thatAreDamaged_areLeftOut() throws IOException {
    new KeptAlgorithms(file()).getMeasured("a", () -> ONE);
    Files.writeString(file(), Files.readString(file()) + "b\tx\t1\nrest");
    KeptAlgorithms later = new KeptAlgorithms(file());

    assertThat(later.get("a", KeptAlgorithmsTest::none)).isEqualTo(ONE);
    assertThat(later.get("b", () -> ONE)).isEqualTo(ONE);
  }

  @Test
  void algorithms_ofCardsOfOneKind_areTheSame() {
    KeptAlgorithms first = KeptAlgorithms.in(folder, card(0, "A"), 91900);
    first.getMeasured("a", () -> ONE);

    assertThat(KeptAlgorithms.in(folder, card(1, "A"), 91900)).isSameAs(first);
    assertThat(KeptAlgorithms.in(folder, card(1, "B"), 91900).get("a", () -> DnnAlgorithm.NONE))
        .isEqualTo(DnnAlgorithm.NONE);
  }

  private static CudaCard card(int index, String name) {
    return new CudaCard(index, name, 9, 0, 132, 1L << 36, "13.0");
  }
}
