package dev.tandem.cuda.worker;

import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.LinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A look at whether numbers that cards send each other arrive as they are. On machines whose buses
 * are set up wrong they do not, and nothing else says so.
 */
final class LinkCheck {

  private static final int NUMBERS = 1024;

  private LinkCheck() {}

  /**
   * Sends some numbers of each card to each other one.
   *
   * @throws DeviceException if they arrive as others; names both cards
   */
  static void require(List<Device> devices, CardLinks links, Duration patience) {
    int count = devices.size();
    Slices slices = new Slices(count, (long) NUMBERS * count, 0);
    List<Long> memory = new ArrayList<>();
    try (FloatPointer numbers = new FloatPointer(slices.floats())) {
      for (int card = 0; card < count; card++) {
        memory.add(links.allocate(card, slices.bytes()));
        for (long i = 0; i < slices.floats(); i++) {
          numbers.put(i, number(card, i));
        }
        devices.get(card).upload(numbers, memory.get(card), slices.floats() * Float.BYTES);
      }
      send(devices, links, slices, memory, patience);
      for (int card = 0; card < count; card++) {
        devices.get(card).download(memory.get(card), numbers, slices.floats() * Float.BYTES);
        for (int from = 0; from < count; from++) {
          requireWhole(devices, slices, from, card, numbers);
        }
      }
    } finally {
      for (int card = 0; card < memory.size(); card++) {
        links.free(card, memory.get(card));
      }
    }
  }

  private static void send(
      List<Device> devices, CardLinks links, Slices slices, List<Long> memory, Duration patience) {
    try {
      links.move(slices.scattered(memory));
      links.move(slices.gathered(memory));
      links.await(patience);
    } catch (LinkException e) {
      throw new DeviceException(
          devices.size()
              + " cards cannot exchange; card "
              + e.card()
              + " ("
              + devices.get(e.card()).description()
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private static float number(int card, long i) {
    return 1e6f * (card + 1) + i;
  }

  private static void requireWhole(
      List<Device> devices, Slices slices, int from, int to, FloatPointer numbers) {
    long begin = slices.start(slices.floats(), from);
    for (long i = begin; i < begin + slices.size(slices.floats(), from); i++) {
      if (numbers.get(i) != number(from, i)) {
        throw new DeviceException(
            "numbers that card "
                + from
                + " ("
                + devices.get(from).description()
                + ") sends to card "
                + to
                + " ("
                + devices.get(to).description()
                + ") arrive as others: "
                + numbers.get(i)
                + " instead of "
                + number(from, i)
                + "; a machine whose IOMMU or PCIe access control stands between its cards does"
                + " that: set NCCL_P2P_DISABLE=1, or ask its administrator");
      }
    }
  }
}
