package dev.tandem.cuda.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Variable;
import dev.tandem.core.worker.CardGroup;
import dev.tandem.core.worker.RunningMean;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.LinkException;
import dev.tandem.cuda.memory.Mirrors;
import java.time.Duration;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Cards that make means together. Each makes those of one slice of the numbers, as kernels in the
 * order of ranks, and sends it to all others: every number crosses twice, however many cards there
 * are, and none by way of the host.
 */
public final class CudaCardGroup implements CardGroup {

  private final ImmutableList<Device> devices;
  private final ImmutableList<CudaEngine> engines;
  private final ImmutableList<Mirrors> mirrors;
  private final ImmutableList<ExchangeMemory> memories;
  private final CardLinks links;
  private final Duration patience;

  private CudaCardGroup(List<? extends Device> devices, CardLinks links, Duration patience) {
    this.devices = ImmutableList.copyOf(devices);
    this.engines =
        this.devices.stream().map(CudaEngine::new).collect(ImmutableList.toImmutableList());
    this.mirrors = this.devices.stream().map(Mirrors::on).collect(ImmutableList.toImmutableList());
    this.links = links;
    this.patience = patience;
    ImmutableList.Builder<ExchangeMemory> made = ImmutableList.builder();
    for (int rank = 0; rank < devices.size(); rank++) {
      made.add(new ExchangeMemory(mirrors.get(rank).device(), links, rank));
    }
    this.memories = made.build();
  }

  /**
   * Cards whose ways were found to bring what is sent.
   *
   * @param devices one for each worker
   * @param links between these, in the same order; closed with the group
   * @param patience how long one may let the others wait
   * @throws DeviceException if numbers do not arrive, or arrive as others; names both cards
   */
  public static CudaCardGroup of(
      List<? extends Device> devices, CardLinks links, Duration patience) {
    CudaCardGroup group = new CudaCardGroup(devices, links, patience);
    try {
      LinkCheck.require(group.mirrors.stream().map(Mirrors::device).toList(), links, patience);
      return group;
    } catch (RuntimeException | Error e) {
      group.close();
      throw e;
    }
  }

  @Override
  public Engine engine(int rank, Engine asked) {
    if (asked instanceof PlanEngine) {
      return engines.get(rank);
    } else if (asked instanceof CudaEngine own && own.device() == devices.get(rank)) {
      return asked;
    }
    throw new IllegalArgumentException(
        "worker "
            + rank
            + " of "
            + devices.size()
            + " has a card of its own, "
            + devices.get(rank).description()
            + ", and its recipe asks for another engine, "
            + asked
            + "; leave engine(...) out of what workers on cards compile");
  }

  @Override
  public Part part(int rank, List<Variable> variables) {
    return CardPart.of(variables, mirrors.get(rank));
  }

  @Override
  public void mean(List<Part> parts, List<Long> samples) {
    Slices slices = new Slices(parts.size(), parts.get(0).floats(), parts.get(0).doubles());
    if (slices.count() == 1 || slices.floats() + slices.doubles() == 0) {
      return;
    }
    List<CardPart> all = parts.stream().map(CardPart.class::cast).toList();
    try (DoublePointer shares = new DoublePointer(shares(samples))) {
      ImmutableList.Builder<Long> places = ImmutableList.builder();
      each(rank -> places.add(memories.get(rank).address(slices)));
      ImmutableList<Long> memory = places.build();
      each(rank -> memories.get(rank).pack(all.get(rank), slices, shares));
      links.move(slices.scattered(memory));
      each(rank -> memories.get(rank).mean(all.get(rank), slices));
      links.move(slices.gathered(memory));
      links.await(patience); // what did not come as a whole replaces nothing
      each(rank -> memories.get(rank).unpack(all.get(rank), slices));
    } catch (LinkException e) {
      throw failed(e.card(), e);
    }
  }

  private static double[] shares(List<Long> samples) {
    RunningMean mean = new RunningMean();
    return samples.stream().mapToDouble(mean::share).toArray();
  }

  /** Something that is done with the card of each worker. */
  @FunctionalInterface
  private interface OfRank {
    void run(int rank);
  }

  private void each(OfRank what) {
    for (int rank = 0; rank < devices.size(); rank++) {
      try {
        what.run(rank);
      } catch (DeviceException e) {
        throw failed(rank, e);
      }
    }
  }

  private WorkerException failed(int rank, DeviceException error) {
    return new WorkerException(
        rank,
        "worker "
            + rank
            + " of "
            + devices.size()
            + ", on "
            + devices.get(rank).description()
            + ", cannot exchange: "
            + error.getMessage()
            + "; nothing was moved by this step, go on from the last checkpoint",
        error);
  }

  @Override
  public void close() {
    try {
      memories.forEach(ExchangeMemory::close);
    } finally {
      links.close();
    }
  }
}
