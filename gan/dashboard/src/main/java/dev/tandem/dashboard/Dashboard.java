package dev.tandem.dashboard;

import dev.tandem.dashboard.http.DashboardServer;
import dev.tandem.dashboard.run.RunCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A page that follows all runs below a folder while they train, by what they leave there. It writes
 * nothing.
 */
public final class Dashboard implements AutoCloseable {

  private final DashboardServer server;
  private final DashboardAddress address;
  private final RunCatalog catalog;

  private Dashboard(DashboardServer server, DashboardAddress address, RunCatalog catalog) {
    this.server = server;
    this.address = address;
    this.catalog = catalog;
  }

  /**
   * Starts it.
   *
   * @param runs a folder of runs, or of one
   * @param walk draws ways through latents; empty if the page is to offer none
   * @throws IllegalArgumentException if there is no such folder
   * @throws java.net.BindException if the address cannot be listened at
   * @throws IOException if the folder cannot be read
   */
  public static Dashboard start(Path runs, DashboardAddress address, Optional<LatentWalk> walk)
      throws IOException {
    if (!Files.isDirectory(runs)) {
      throw new IllegalArgumentException(
          runs
              + (Files.exists(runs)
                  ? " is a file; give the folder that runs are in"
                  : " is not there; give the folder that runs are in, or train one first, as with"
                      + " 'tandem gan --out "
                      + runs
                      + "/first'"));
    }
    RunCatalog catalog = RunCatalog.of(runs);
    catalog.update();
    return new Dashboard(DashboardServer.start(catalog, address, walk), address, catalog);
  }

  /** How many runs there are. */
  public int runs() {
    return catalog.summaries().size();
  }

  /** The port it listens at. */
  public int port() {
    return server.port();
  }

  /** What a browser on this machine opens, with the token if there is one. */
  public String url() {
    String host = address.host();
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    String shown = name.contains(":") ? "[" + name + "]" : name;
    String base = "http://" + shown + ":" + port() + "/";
    return address.token().map(token -> base + "?token=" + token).orElse(base);
  }

  @Override
  public void close() {
    server.close();
  }
}
