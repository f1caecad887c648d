package dev.tandem.cuda.worker;

import dev.tandem.core.worker.CardGroup;
import dev.tandem.core.worker.CardProvider;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.HostLinks;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Cards that are none, with ways between them. */
public final class HostCards implements CardProvider {

  private final List<? extends Device> devices;
  private final CardLinks links;

  private HostCards(List<? extends Device> devices, CardLinks links) {
    this.devices = devices;
    this.links = links;
  }

  /** Workers on so many host devices. */
  public static ThreadWorkers workers(int count) {
    return on(Stream.generate(Cards::host).limit(count).toList());
  }

  /** Workers on devices. */
  static ThreadWorkers on(List<? extends Device> devices) {
    return on(devices, HostLinks::new);
  }

  /** Workers on devices, with ways of some kind between them. */
  static ThreadWorkers on(
      List<? extends Device> devices, Function<List<? extends Device>, CardLinks> links) {
    return ThreadWorkers.onCards(devices.size(), new HostCards(devices, links.apply(devices)));
  }

  /** So many devices. */
  static <D extends Device> List<D> devices(int count, Supplier<D> device) {
    Cards.host();
    return Stream.generate(device).limit(count).toList();
  }

  /** How many allocations are held on all devices. */
  static int held(List<HostDevice> devices) {
    return devices.stream().mapToInt(HostDevice::allocations).sum();
  }

  @Override
  public void require(int count) {}

  @Override
  public CardGroup open(int count, Duration patience) {
    return CudaCardGroup.of(devices, links, patience);
  }
}
