package dev.tandem.cuda.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.memory.Mirror;
import dev.tandem.cuda.text.CType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;

/**
 * The memory of one card in which its worker exchanges numbers, with the commands for that, each
 * recorded once: what comes again in each step is a launch of a graph.
 */
final class ExchangeMemory implements AutoCloseable {

  /** Trainers, of which each has few lists of variables. */
  private static final int MOST_RECORDINGS = 64;

  private enum Doing {
    PACK,
    MEAN,
    UNPACK
  }

  /** What was recorded: it depends on nothing else. */
  private record Key(Doing doing, ImmutableList<Long> addresses, Slices slices) {}

  private final Device device;
  private final CardLinks links;
  private final int rank;
  private final Map<Key, Device.Recording> recordings = new LinkedHashMap<>(16, .75f, true);
  private long address;
  private long bytes;

  ExchangeMemory(Device device, CardLinks links, int rank) {
    this.device = device;
    this.links = links;
    this.rank = rank;
  }

  /** Where it is, with room for numbers. */
  long address(Slices slices) {
    if (slices.bytes() > bytes) {
      close();
      address = links.allocate(rank, slices.bytes());
      bytes = slices.bytes();
    }
    return address;
  }

  /** Puts a worker's numbers here, with the share that each part has. */
  void pack(CardPart part, Slices slices, DoublePointer shares) {
    device.upload(shares, address + slices.sharesAt(), (long) slices.count() * Double.BYTES);
    recording(Doing.PACK, part, slices, () -> copies(part, slices, true)).run();
  }

  /** Makes the means of this card's slice. */
  void mean(CardPart part, Slices slices) {
    ImmutableList.Builder<Command> kernels = ImmutableList.builder();
    add(kernels, slices, CType.FLOAT, slices.floats(), 0, slices.floatPartsAt());
    add(
        kernels,
        slices,
        CType.DOUBLE,
        slices.doubles(),
        slices.doublesAt(),
        slices.doublePartsAt());
    recording(Doing.MEAN, part, slices, kernels::build).run();
  }

  private void add(
      ImmutableList.Builder<Command> kernels,
      Slices slices,
      CType type,
      long length,
      long ownAt,
      long partsAt) {
    long size = slices.size(length, rank);
    if (size > 0) {
      kernels.add(
          MeanKernel.of(
              type,
              address + ownAt + slices.start(length, rank) * type.bytes(),
              address + partsAt,
              slices.most(length),
              address + slices.sharesAt(),
              size,
              slices.count(),
              rank));
    }
  }

  /** Puts means in the place of a worker's numbers. */
  void unpack(CardPart part, Slices slices) {
    try {
      recording(Doing.UNPACK, part, slices, () -> copies(part, slices, false)).run();
    } catch (RuntimeException | Error e) {
      part.touched();
      throw e;
    }
    part.written();
  }

  private ImmutableList<Command> copies(CardPart part, Slices slices, boolean here) {
    ImmutableList.Builder<Command> all = ImmutableList.builder();
    copies(all, part.slim(), address, Float.BYTES, here);
    copies(all, part.wide(), address + slices.doublesAt(), Double.BYTES, here);
    return all.build();
  }

  private static void copies(
      ImmutableList.Builder<Command> all,
      List<Mirror> mirrors,
      long begin,
      int width,
      boolean here) {
    long at = begin;
    for (Mirror mirror : mirrors) {
      long size = mirror.spec().shape().length() * width;
      if (size > 0) {
        all.add(
            here
                ? new Command.Copy(mirror.address(), at, size)
                : new Command.Copy(at, mirror.address(), size));
      }
      at += size;
    }
  }

  private Device.Recording recording(
      Doing doing, CardPart part, Slices slices, Supplier<ImmutableList<Command>> commands) {
    ImmutableList.Builder<Long> addresses = ImmutableList.builder();
    if (doing != Doing.MEAN) {
      for (Mirror mirror : part.slim()) {
        addresses.add(mirror.address(), mirror.spec().shape().length());
      }
      addresses.add(0L);
      for (Mirror mirror : part.wide()) {
        addresses.add(mirror.address(), mirror.spec().shape().length());
      }
    }
    Key key = new Key(doing, addresses.build(), slices);
    Device.Recording known = recordings.get(key);
    if (known == null) {
      known = device.record(commands.get());
      recordings.put(key, known);
      if (recordings.size() > MOST_RECORDINGS) {
        Key eldest = recordings.keySet().iterator().next();
        java.util.Objects.requireNonNull(recordings.remove(eldest)).close();
      }
    }
    return known;
  }

  @Override
  public void close() {
    recordings.values().forEach(Device.Recording::close);
    recordings.clear();
    if (bytes > 0) {
      links.free(rank, address);
      bytes = 0;
    }
  }
}
