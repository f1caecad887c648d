package dev.tandem.examples.serve;

import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.Interruption;
import dev.tandem.examples.gan.GeneratorFile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves pictures of a trained generator. */
@Command(
    name = "serve-images",
    mixinStandardHelpOptions = true,
    description = "Serve pictures of a generator over HTTP, until Ctrl-C.",
    footer = {
      "",
      "GET /image?seed=7 is a PNG, the same one for the same seed; with classes"
          + " /image?seed=7&class=3. GET /health says ready."
    })
public final class ServeImagesCommand extends AppCommand {

  private static final int MOST_PORT = 65_535;

  @Parameters(paramLabel = "RUN|MODEL", description = "Folder of a run, or of a model.")
  private Path place;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port (${DEFAULT-VALUE}; 0 for a free one).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description = "The address to listen at; 0.0.0.0 for all (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "4",
      description = "Threads that answer (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--try",
      paramLabel = "N",
      defaultValue = "0",
      description = "Ask N times over the loopback, look at every answer, print times and end.")
  private int requests;

  @Override
  protected void run() throws IOException {
    requireAtLeastOne("--threads", threads);
    if (port < 0 || port > MOST_PORT) {
      throw wrong("--port is not in [0, " + MOST_PORT + "]: " + port);
    }
    if (requests < 0) {
      throw wrong("--try is not at least 0: " + requests);
    }
    GeneratorFile generator = GeneratorFile.load(place).requireNoise(place);
    if (!generator.makesImages()) {
      throw wrong(place + " makes points, not images");
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw wrong("--host " + host + " is not known");
    }
    try (ImageService service = ImageService.start(generator, address, threads)) {
      serve(service);
    } catch (BindException e) {
      throw wrong(
          host
              + ":"
              + port
              + " cannot be listened at ("
              + e.getMessage()
              + "); give another --port");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(ImageService service) throws IOException, InterruptedException {
    out()
        .println(
            "serving  http://"
                + host
                + ":"
                + service.address().getPort()
                + "/image?seed=1 with "
                + threads
                + " threads");
    out().flush();
    if (requests > 0) {
      LoadTest.Report report = LoadTest.run(service, requests, 2 * threads);
      out().println(report);
      if (report.wrong() > 0) {
        markFailed();
      }
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    try (Interruption interruption = Interruption.listening(signal -> over.countDown())) {
      over.await();
      interruption.exitCode().ifPresent(this::endWith);
    }
  }
}
