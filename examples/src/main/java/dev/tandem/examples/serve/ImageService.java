package dev.tandem.examples.serve;

import com.google.common.base.Splitter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.core.train.Predictor;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.examples.trained.Tile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures over HTTP: {@code GET /image?seed=7&class=3} answers with a PNG, the same one for the
 * same question. One predictor serves all threads; its calls wait for each other, while PNGs are
 * packed side by side.
 */
public final class ImageService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ImageService.class);
  private static final int BACKLOG = 128;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;

  private final GeneratorFile generator;
  private final Predictor predictor;
  private final HttpServer server;
  private final ExecutorService threads;

  private ImageService(GeneratorFile generator, HttpServer server, int threads) {
    this.generator = generator;
    this.predictor = Predictor.of(generator.model());
    this.server = server;
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /**
   * Starts a service, and prepares the generator before the first question.
   *
   * @param generator of images from noise
   * @param address to listen at; port 0 for a free one
   * @param threads that answer questions
   * @throws IOException if the address cannot be listened at
   */
  public static ImageService start(GeneratorFile generator, InetSocketAddress address, int threads)
      throws IOException {
    ImageService service =
        new ImageService(generator, HttpServer.create(address, BACKLOG), threads);
    service.predictor.warmUp(1);
    service.server.createContext("/image", guarded(service::image));
    service.server.createContext("/health", guarded(service::health));
    service.server.setExecutor(service.threads);
    service.server.start();
    return service;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The picture that a question is answered with. */
  public byte[] png(long seed, int label) throws IOException {
    BufferedImage picture;
    try (INDArray noise = generator.noise(1, seed)) {
      INDArray image = generator.sample(predictor, noise, label);
      picture = Tile.of(image);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private void image(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    long seed = number(query, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    if (!generator.isToldClasses() && query.containsKey("class")) {
      throw new IllegalArgumentException("this generator has no classes; leave class out");
    }
    long last = generator.classes() > 0 ? generator.classes() - 1 : Integer.MAX_VALUE;
    int label = (int) number(query, "class", 0, 0, last);
    answer(exchange, OK, "image/png", png(seed, label));
  }

  private void health(HttpExchange exchange) throws IOException {
    answer(exchange, OK, "text/plain", "ready".getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String text = exchange.getRequestURI().getQuery();
    if (text != null) {
      for (String pair : Splitter.on('&').omitEmptyStrings().split(text)) {
        List<String> parts = Splitter.on('=').limit(2).splitToList(pair);
        query.put(parts.get(0), parts.size() == 2 ? parts.get(1) : "");
      }
    }
    return query;
  }

  private static long number(
      Map<String, String> query, String name, long usual, long least, long most) {
    String text = query.get(name);
    if (text == null) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no whole number: " + text, e);
    }
    throw new IllegalArgumentException(name + " is not in [" + least + ", " + most + "]: " + text);
  }

  /** An error is an answer too: 400 with what was wrong about the question, 500 for others. */
  private static HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      try (exchange) {
        answer(exchange, handler);
      }
    };
  }

  private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      answer(exchange, NOT_ALLOWED, "text/plain", "only GET".getBytes(StandardCharsets.UTF_8));
      return;
    }
    try {
      handler.handle(exchange);
    } catch (IllegalArgumentException e) {
      answer(exchange, BAD_REQUEST, "text/plain", bytes(e));
    } catch (RuntimeException e) {
      LOG.error("a question could not be answered", e);
      answer(exchange, FAILED, "text/plain", "failed".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] bytes(Exception error) {
    return String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Ends it after the questions that it is answering, within a second, and frees the plans. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
    predictor.close();
  }
}
