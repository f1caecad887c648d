package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Second places on the card for what is fed, from which each run takes it in one launch. Runs that
 * are left out take nothing, so that the feeds of the last one that was not are still there.
 */
final class Staging {

  private record Piece(long from, long bytes) {}

  private final Map<Long, Piece> pieces = new LinkedHashMap<>();

  /** Makes a second place for so many bytes at an address. */
  void add(long to, long bytes, Holding holding) {
    if (bytes > 0) {
      pieces.computeIfAbsent(to, at -> new Piece(holding.allocate(bytes), bytes));
    }
  }

  /** Where to copy what is meant for an address. */
  long of(long address) {
    Piece piece = pieces.get(address);
    return piece == null ? address : piece.from();
  }

  /** The launch that takes all of it. */
  Command.Launch command() {
    StringBuilder body = new StringBuilder();
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    ImmutableList.Builder<Long> addresses = ImmutableList.builder();
    long most = 1;
    List<Map.Entry<Long, Piece>> all = new ArrayList<>(pieces.entrySet());
    for (int i = 0; i < all.size(); i++) {
      long bytes = all.get(i).getValue().bytes();
      String type = bytes % Long.BYTES == 0 ? "long long" : "char";
      long length = bytes % Long.BYTES == 0 ? bytes / Long.BYTES : bytes;
      most = Math.max(most, length);
      body.append(
          String.format(
              Locale.ROOT,
              "  for (long long i = blockIdx.x * (long long)%1$d + threadIdx.x; i < %2$d; i +="
                  + " (long long)gridDim.x * %1$d) p%4$d[i] = p%3$d[i];\n",
              Grid.THREADS,
              length,
              2 * i,
              2 * i + 1));
      parameters.add("const " + type + " *", type + " *");
      addresses.add(all.get(i).getValue().from(), all.get(i).getKey());
    }
    KernelText kernel =
        new KernelText("take_feeds", parameters.build(), body.toString(), Grid.over(most));
    return new Command.Launch(kernel, addresses.build());
  }
}
