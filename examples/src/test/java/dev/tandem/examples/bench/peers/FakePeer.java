package dev.tandem.examples.bench.peers;

import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;

/** A program that behaves as its first argument says. */
public final class FakePeer {

  private FakePeer() {}

  /** Takes measures, refuses, fails or hangs, then WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    new Program(args[0], task -> make(args[0])).main(rest);
  }

  private static Workload make(String behavior) {
    return switch (behavior) {
      case "refuses" -> throw new Unsupported("it does not want to");
      case "fails" -> throw new IllegalStateException("broken on purpose");
      default -> new Sleeping(behavior.equals("hangs") ? 1_000_000 : 1);
    };
  }

  private record Sleeping(long milliseconds) implements Workload {

    @Override
    public double[] step(int number) {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new double[] {1};
    }

    @Override
    public void close() {}
  }
}
