package dev.tandem.dashboard.http;

import dev.tandem.dashboard.run.RunCatalog;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages what has changed, as server-sent events: looks at the runs once a second while
 * anybody listens, and not at all otherwise. Each listener has a thread of its own, so one that
 * does not take its events keeps nobody waiting; it is let go when it is far behind.
 */
final class EventStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final int MOST = 32;
  private static final int BEHIND = 64;
  private static final long LOOK_MILLIS = 1_000;
  private static final long SIGN_OF_LIFE_SECONDS = 10;

  /** A page that listens. */
  private final class Listener implements Runnable {

    private final SseClient client;
    private final BlockingQueue<RunCatalog.Changes> waiting = new ArrayBlockingQueue<>(BEHIND);
    private volatile boolean over;

    Listener(SseClient client) {
      this.client = client;
    }

    void tell(RunCatalog.Changes changes) {
      if (!waiting.offer(changes)) {
        end(); // it connects again, and asks for the whole list
      }
    }

    @Override
    public void run() {
      try {
        while (!over) {
          RunCatalog.Changes next = waiting.poll(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
          if (over) {
            return;
          }
          if (next == null) {
            client.sendComment("here"); // fails if nobody is there
          } else {
            client.sendEvent("runs", next);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.debug("a listener is gone", e);
      } finally {
        end();
      }
    }

    void end() {
      over = true;
      listeners.remove(this);
      client.close();
    }
  }

  private final RunCatalog catalog;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "dashboard-looks"));
  private final ExecutorService tellers =
      Executors.newCachedThreadPool(task -> daemon(task, "dashboard-tells"));
  private final ScheduledFuture<?> looking;
  private volatile long lookedAt = System.nanoTime();

  EventStreams(RunCatalog catalog) {
    this.catalog = catalog;
    looking =
        looker.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      update();
    } catch (RuntimeException e) {
      LOG.warn("the runs could not be looked at; tried again", e);
    }
  }

  private void update() {
    RunCatalog.Changes changes = catalog.update();
    lookedAt = System.nanoTime();
    if (!changes.isEmpty()) {
      listeners.forEach(listener -> listener.tell(changes));
    }
  }

  /** Looks now, if the last look was not just now. */
  void refresh() {
    if (System.nanoTime() - lookedAt > LOOK_MILLIS * 1_000_000) {
      update();
    }
  }

  /** Takes a listener, or sends it away if there are too many. */
  void listen(SseClient client) {
    if (listeners.size() >= MOST) {
      client.sendEvent("full", "there are " + MOST + " pages open already; close some");
      client.close();
      return;
    }
    Listener listener = new Listener(client);
    client.keepAlive();
    client.onClose(() -> drop(listener));
    listeners.add(listener);
    tellers.execute(listener);
  }

  private void drop(@Nullable Listener listener) {
    if (listener != null) {
      listener.over = true;
      listeners.remove(listener);
    }
  }

  /** How many pages listen. */
  int listeners() {
    return listeners.size();
  }

  @Override
  public void close() {
    looking.cancel(true);
    looker.shutdownNow();
    Set.copyOf(listeners).forEach(Listener::end);
    tellers.shutdownNow();
  }
}
