package dev.tandem.dashboard.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.dashboard.DashboardAddress;
import dev.tandem.dashboard.LatentWalk;
import dev.tandem.dashboard.run.Curves;
import dev.tandem.dashboard.run.RunCatalog;
import dev.tandem.dashboard.run.WatchedRun;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The page over HTTP: its files, questions of runs, and events. */
public final class DashboardServer implements AutoCloseable {

  private static final int THREADS = 64;
  private static final int MOST_BUCKETS = 5_000;
  private static final int USUAL_BUCKETS = 600;
  private static final double MOST_SMOOTHING = .999;

  private final RunCatalog catalog;
  private final EventStreams events;
  private final WalkQuestions walks;
  private final Javalin app;

  private DashboardServer(RunCatalog catalog, DashboardAddress address, Optional<LatentWalk> walk) {
    this.catalog = catalog;
    this.events = new EventStreams(catalog);
    this.walks = new WalkQuestions(walk);
    this.app = app(address, walk.isPresent());
  }

  /**
   * Starts it.
   *
   * @throws BindException if the address cannot be listened at
   */
  public static DashboardServer start(
      RunCatalog catalog, DashboardAddress address, Optional<LatentWalk> walk)
      throws BindException {
    requireFree(address); // before a server, which would log a stack trace
    DashboardServer server = new DashboardServer(catalog, address, walk);
    try {
      server.app.start(address.host(), address.port());
      return server;
    } catch (JavalinBindException e) {
      server.close();
      throw taken(address, e);
    }
  }

  private static void requireFree(DashboardAddress address) throws BindException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the server does
      socket.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException e) {
      throw taken(address, e);
    }
  }

  private static BindException taken(DashboardAddress address, Exception cause) {
    BindException taken =
        new BindException(
            address.host()
                + ":"
                + address.port()
                + " cannot be listened at ("
                + cause.getMessage()
                + "); give another --port, or 0 for a free one");
    taken.initCause(cause);
    return taken;
  }

  private Javalin app(DashboardAddress address, boolean walking) {
    PageFiles files = new PageFiles();
    AccessRules access = new AccessRules(address);
    Javalin made =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.startupWatcherEnabled = false;
              config.http.maxRequestSize = 10_000;
              config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
              config.jsonMapper(new JavalinJackson(new JsonMapper(), false));
            });
    made.before(access::check);
    files.paths().forEach(path -> made.get(path, files::answer));
    made.get("/api/runs", context -> list(context, walking));
    made.get("/api/run", context -> ask(context, run -> context.json(run.details())));
    made.get("/api/curves", context -> ask(context, run -> curves(context, run)));
    made.get("/api/picture", context -> ask(context, run -> picture(context, run)));
    made.post("/api/walk", context -> ask(context, run -> walks.answer(context, run)));
    made.sse("/api/events", events::listen);
    made.exception(
        Exception.class,
        (e, context) ->
            refuse(context, HttpStatus.INTERNAL_SERVER_ERROR, "the question failed: " + e));
    made.error(HttpStatus.NOT_FOUND, DashboardServer::nothing);
    return made;
  }

  /** There is something to do with a run. */
  private interface Answer {
    void give(WatchedRun run) throws IOException;
  }

  private void ask(Context context, Answer answer) throws IOException {
    String id = context.queryParam("run");
    Optional<WatchedRun> run = id == null ? Optional.empty() : catalog.run(id);
    if (run.isEmpty()) {
      refuse(context, HttpStatus.NOT_FOUND, "there is no run of this name, or no longer");
      return;
    }
    answer.give(run.get());
  }

  private void list(Context context, boolean walking) {
    events.refresh();
    context.json(
        Map.of("folder", catalog.root().toString(), "walks", walking, "runs", catalog.summaries()));
  }

  private static void curves(Context context, WatchedRun run) throws IOException {
    String axis = Optional.ofNullable(context.queryParam("axis")).orElse("round");
    if (!Curves.AXES.contains(axis)) {
      refuse(context, HttpStatus.BAD_REQUEST, "axis is none of " + Curves.AXES);
      return;
    }
    try {
      Curves.Query query =
          new Curves.Query(
              axis,
              context.queryParams("name"),
              number(context, "from", Double.NEGATIVE_INFINITY),
              number(context, "to", Double.POSITIVE_INFINITY),
              (int) Math.max(1, Math.min(MOST_BUCKETS, number(context, "buckets", USUAL_BUCKETS))),
              Math.max(0, Math.min(MOST_SMOOTHING, number(context, "smoothing", 0))));
      context.contentType("application/json").result(CurvesJson.bytes(run.curves(query)));
    } catch (NumberFormatException e) {
      refuse(context, HttpStatus.BAD_REQUEST, "that is no number: " + e.getMessage());
    }
  }

  private static double number(Context context, String name, double usual) {
    String text = context.queryParam(name);
    double number = text == null ? usual : Double.parseDouble(text);
    if (Double.isNaN(number)) {
      throw new NumberFormatException(name + "=" + text);
    }
    return number;
  }

  private static void picture(Context context, WatchedRun run) {
    String name = context.queryParam("name");
    byte @Nullable [] png = name == null ? null : run.picture(name);
    if (png == null) {
      refuse(context, HttpStatus.NOT_FOUND, "there is no picture of this name, or no longer");
      return;
    }
    context.contentType("image/png").header("Cache-Control", "private, max-age=60").result(png);
  }

  static void refuse(Context context, HttpStatus status, String text) {
    context.status(status).json(Map.of("error", text));
  }

  /** In place of an answer that repeats the path; answers of ours are JSON. */
  private static void nothing(Context context) {
    if (!"application/json".equals(context.contentType())) {
      context.contentType("text/plain; charset=utf-8").result("There is nothing here.\n");
    }
  }

  /** The port it listens at. */
  public int port() {
    return app.port();
  }

  /** How many pages listen to its events. */
  public int listeners() {
    return events.listeners();
  }

  @Override
  public void close() {
    events.close();
    app.stop();
  }
}
