package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.worker.HostCards;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CudaCardsCheckTest {

  private static CudaCard card(int index, String name, int major) {
    return new CudaCard(index, name, major, 0, 132, 1L << 36, "13.0");
  }

  @Test
  @Timeout(60)
  void check_onHostDevices_findsAllRight() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    int failures = CudaCardsCheck.run(HostCards.workers(2), 2, new CudaEngine(Cards.host()), out);

    String lines = bytes.toString(StandardCharsets.UTF_8);
    assertThat(failures).as(lines).isZero();
    assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("ok "));
    assertThat(lines).contains("steps 20 of 2 workers, equal to the bit");
  }

  @Test
  void cards_thatAreTooFewOrTooOld_areListed() {
    List<CudaCard> all = List.of(card(0, "Old", 6), card(1, "A", 9), card(2, "A", 9));
    assertThat(CudaCardProvider.chosen(2, all)).extracting(CudaCard::index).containsExactly(1, 2);
    assertThat(CudaCardProvider.difference(all.subList(1, 3))).isEmpty();
    assertThat(CudaCardProvider.difference(List.of(all.get(1), card(2, "B", 9))))
        .contains("several kinds", "card 2 B, capability 9.0", "not the bits of one card");
    assertThatThrownBy(() -> CudaCardProvider.chosen(3, all))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("3 workers need a card each, and 2 can be used here: card 0 Old")
        .hasMessageContaining("(too old: 7.5 is the least)")
        .hasMessageContaining("take 2 workers, or look at nvidia-smi -L");
    assertThatThrownBy(() -> CudaCardProvider.chosen(2, List.of()))
        .hasMessageContaining("0 can be used here; take threads of this process");
  }
}
