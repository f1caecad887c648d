package dev.tandem.cuda;

import dev.tandem.core.worker.CardGroup;
import dev.tandem.core.worker.CardProvider;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.driver.CudaCards;
import dev.tandem.cuda.driver.CudaDevice;
import dev.tandem.cuda.driver.CudaDevices;
import dev.tandem.cuda.driver.CudaLibraries;
import dev.tandem.cuda.driver.NcclLinks;
import dev.tandem.cuda.worker.CudaCardGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NVIDIA's cards for workers: the first ones that can be used, connected by NCCL. */
public final class CudaCardProvider implements CardProvider {

  private static final Logger LOG = LoggerFactory.getLogger(CudaCardProvider.class);

  /** How long numbers may be on their way, however long a worker may let others wait. */
  private static final Duration LONGEST_WAY = Duration.ofMinutes(2);

  /** A provider; loads nothing native. */
  public CudaCardProvider() {}

  @Override
  public void require(int count) {
    chosen(count);
  }

  private static List<CudaCard> chosen(int count) {
    CudaLibraries libraries = CudaLibraries.find();
    if (count > 1) {
      libraries.requireForSeveral();
    } else {
      libraries.require();
    }
    return chosen(count, CudaCards.all(libraries));
  }

  /**
   * The first ones of some cards that are new enough.
   *
   * @throws DeviceException if there are fewer; names all
   */
  static List<CudaCard> chosen(int count, List<CudaCard> all) {
    List<CudaCard> fit = all.stream().filter(CudaCard::isNewEnough).limit(count).toList();
    if (fit.size() < count) {
      throw new DeviceException(
          count
              + " workers need a card each, and "
              + fit.size()
              + " can be used here"
              + (all.isEmpty() ? "" : ": " + describe(all))
              + "; take "
              + (fit.isEmpty() ? "threads of this process" : fit.size() + " workers")
              + ", or look at nvidia-smi -L and CUDA_VISIBLE_DEVICES");
    }
    return fit;
  }

  private static String describe(List<CudaCard> cards) {
    return String.join(
        "; ",
        cards.stream()
            .map(
                card ->
                    "card "
                        + card.index()
                        + " "
                        + card
                        + (card.isNewEnough() ? "" : " (too old: 7.5 is the least)"))
            .toList());
  }

  /** What is said of cards of several kinds; empty if they are of one. */
  static String difference(List<CudaCard> cards) {
    return cards.stream().map(CudaCard::toString).distinct().count() == 1
        ? ""
        : "workers have cards of several kinds ("
            + describe(cards)
            + "): all hold the same weights in each step, but these are not the bits of one card"
            + " that accumulates, and the slowest is waited for";
  }

  @Override
  public CardGroup open(int count, Duration patience) {
    List<CudaCard> cards = chosen(count);
    String difference = difference(cards);
    if (!difference.isEmpty()) {
      LOG.warn("{}", difference);
    }
    List<CudaDevice> devices = new ArrayList<>();
    for (CudaCard card : cards) {
      try {
        devices.add(CudaDevices.shared(card.index()));
      } catch (DeviceException e) {
        throw new DeviceException("card " + card.index() + ": " + e.getMessage(), e);
      }
    }
    Duration longest = patience.compareTo(LONGEST_WAY) < 0 ? patience : LONGEST_WAY;
    return CudaCardGroup.of(devices, NcclLinks.between(devices, longest), longest);
  }
}
