package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.peers.Steps.Pace;
import dev.tandem.examples.bench.support.ChildProcess;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The systems that are compared on an NVIDIA card, this library first. */
final class CardPeers {

  private static final String PYTHON = "python3";
  private static final ImmutableList<String> MODES =
      ImmutableList.of("eager", "channelslast", "compile", "graph");

  /** Prints what there is, or ends with an error whose last line says what is not. */
  private static final String PROBE =
      """
      import torch
      if not torch.cuda.is_available(): raise SystemExit('torch sees no card')
      print('torch', torch.__version__, 'on', torch.cuda.get_device_name())
      """;

  private static final Duration PROBE_LIMIT = Duration.ofMinutes(2);

  private CardPeers() {}

  /**
   * All of them.
   *
   * @param torch version and card of PyTorch
   */
  static ImmutableList<Peer> all(Repository repository, String torch) {
    ImmutableList.Builder<Peer> all = ImmutableList.builder();
    all.add(Competitors.own("tandem+cuda", Pace.FAST));
    for (String mode : MODES) {
      all.add(new TorchMode(mode, script(repository), torch));
    }
    return all.build();
  }

  /**
   * Those that can run here.
   *
   * @param out takes a line that says why PyTorch cannot
   */
  static ImmutableList<Peer> found(Repository repository, PrintWriter out) {
    String torch;
    try {
      torch = probe(repository.logs().resolve("torch-cuda.log"));
    } catch (IllegalStateException e) {
      out.println("PyTorch is left out: " + e.getMessage());
      return all(repository, "").subList(0, 1);
    }
    return all(repository, torch);
  }

  private static String probe(Path log) {
    ChildProcess.End end;
    try {
      end =
          new ChildProcess(ImmutableList.of(PYTHON, "-c", PROBE), ImmutableMap.of())
              .run(log, PROBE_LIMIT);
    } catch (UncheckedIOException e) {
      throw new IllegalStateException(PYTHON + " does not start (" + e.getMessage() + ")", e);
    }
    String last =
        end.lines().isEmpty() ? "it said nothing" : end.lines().get(end.lines().size() - 1);
    if (end.timedOut() || end.exitCode() != 0) {
      throw new IllegalStateException(PYTHON + ": " + last);
    }
    return last;
  }

  private static Path script(Repository repository) {
    return repository.bench().resolve("torch-cuda/torch_gan.py");
  }

  /**
   * PyTorch in one way of running steps.
   *
   * @param mode as the script calls it
   * @param version of PyTorch, and the card
   */
  private record TorchMode(String mode, Path script, String version) implements Peer {

    @Override
    public String name() {
      return "torch-" + mode;
    }

    @Override
    public Optional<String> module() {
      return Optional.empty();
    }

    @Override
    public Pace pace() {
      return Pace.FAST;
    }

    @Override
    public ChildProcess process(String classPath, String threads, Task task, Steps steps) {
      return new ChildProcess(
          ImmutableList.of(
              PYTHON,
              script.toString(),
              mode,
              task.label(),
              Integer.toString(steps.iterations()),
              Integer.toString(steps.warmup())),
          ImmutableMap.of("OMP_NUM_THREADS", threads));
    }

    @Override
    public String version(String classPath) {
      return version;
    }
  }
}
