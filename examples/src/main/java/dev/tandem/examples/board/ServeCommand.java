package dev.tandem.examples.board;

import dev.tandem.dashboard.Dashboard;
import dev.tandem.dashboard.DashboardAddress;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.Interruption;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves the dashboard. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve a page that follows runs while they train, until Ctrl-C.",
    footer = {
      "",
      "Curves, samples, walks through latents, what each trainer moves, settings and events of all"
          + " runs below RUNS, side by side and over each other. Only this machine can ask, unless"
          + " --host says otherwise; then the address has a token in it. docs/dashboard.md."
    })
public final class ServeCommand extends AppCommand {

  @Parameters(
      paramLabel = "RUNS",
      defaultValue = "runs",
      description = "Folder of runs, at any depth up to five, or of one (${DEFAULT-VALUE}).")
  private Path runs;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8090",
      description = "The port (${DEFAULT-VALUE}; 0 for a free one).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description = "The address to listen at; 0.0.0.0 for all (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description =
          "What has to be shown, at least 12 letters and digits (made up if others than this"
              + " machine can ask, else none).")
  private @Nullable String token;

  @Override
  protected void run() throws IOException {
    DashboardAddress address = argument(this::address);
    try (Dashboard dashboard = open(address)) {
      out().println("runs      " + dashboard.runs() + " in " + runs);
      out().println("page      " + dashboard.url());
      if (address.token().isPresent() && !DashboardAddress.isLoopback(host)) {
        out().println("          from elsewhere with this machine's name in place of the host");
      }
      out().println("          until Ctrl-C");
      out().flush();
      CountDownLatch over = new CountDownLatch(1);
      try (Interruption interruption = Interruption.listening(signal -> over.countDown())) {
        over.await();
        interruption.exitCode().ifPresent(this::endWith);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DashboardAddress address() {
    Optional<String> shown = Optional.ofNullable(token);
    boolean open = !DashboardAddress.isLoopback(host);
    if (shown.isEmpty() && open) {
      shown = Optional.of(DashboardAddress.randomToken());
    }
    return new DashboardAddress(host, port, shown);
  }

  private Dashboard open(DashboardAddress address) throws IOException {
    try {
      return Dashboard.start(runs, address, Optional.of(new GeneratorWalk()));
    } catch (IllegalArgumentException | BindException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }
}
