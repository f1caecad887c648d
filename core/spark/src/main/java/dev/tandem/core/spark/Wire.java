package dev.tandem.core.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/**
 * One end of the connections between workers and driver: those that Spark's shuffles run on, with
 * Spark's own secret and encryption. The one class that calls Spark's network library, which is no
 * documented interface of it.
 */
final class Wire implements AutoCloseable {

  /** Settings of these connections start with {@code spark.tandem.io}. */
  private static final String MODULE = "tandem";

  private static final int THREADS = 2;

  /** The answer to a message that asks for nothing. */
  static final byte[] NOTHING = {};

  /** Hears what comes in, on threads of the network, which must not wait. */
  interface Receiver {

    /**
     * A message has come.
     *
     * @param line the connection that it came by
     * @param message valid during this call alone
     * @param answer tells the sender, when it is completed, that the message has arrived, and what
     *     else it is to know
     */
    void received(Object line, ByteBuffer message, CompletableFuture<byte[]> answer);

    /** A connection has closed: the other end has left, or its process or the network died. */
    void closed(Object line);
  }

  /**
   * What both ends have to know where Spark authenticates.
   *
   * @param user whose secret it is
   */
  record Keys(String user, SecretKeyHolder secrets) {

    /** Those of this process of Spark, if it authenticates. */
    static Optional<Keys> of(SparkEnv env) {
      SecurityManager security = env.securityManager();
      return security.isAuthenticationEnabled()
          ? Optional.of(new Keys(env.conf().getAppId(), security))
          : Optional.empty();
    }
  }

  /** A connection to another end. */
  static final class Line {

    private final TransportClient client;

    private Line(TransportClient client) {
      this.client = client;
    }

    /** What a receiver knows it by. */
    Object key() {
      return client;
    }

    /**
     * Sends a message.
     *
     * @param message not to be touched before it has arrived
     * @return completed when the other end has it, with its answer
     */
    CompletableFuture<byte[]> send(ByteBuffer message) {
      CompletableFuture<byte[]> arrived = new CompletableFuture<>();
      long unused =
          client.sendRpc(
              message,
              new RpcResponseCallback() {
                @Override
                public void onSuccess(ByteBuffer response) {
                  byte[] answer = new byte[response.remaining()];
                  response.get(answer);
                  arrived.complete(answer);
                }

                @Override
                public void onFailure(Throwable e) {
                  arrived.completeExceptionally(e);
                }
              });
      return arrived;
    }
  }

  private final TransportContext transport;
  private final TransportServer server;
  private final TransportClientFactory clients;
  private final String host;

  private Wire(
      TransportContext transport,
      TransportServer server,
      TransportClientFactory clients,
      String host) {
    this.transport = transport;
    this.server = server;
    this.clients = clients;
    this.host = host;
  }

  /**
   * Starts to listen.
   *
   * @param host the name by which others reach this one
   * @param bind the address to listen at
   * @param patience how long the other end of a connection may be silent while it owes an answer
   */
  static Wire open(
      SparkConf settings,
      Optional<Keys> keys,
      String host,
      String bind,
      Duration patience,
      Receiver receiver) {
    SparkConf own = settings.clone();
    String prefix = "spark." + MODULE + ".io.";
    // later than who waits for an answer gives up, and says why
    own.set(prefix + "connectionTimeout", patience.plusSeconds(60).toSeconds() + "s");
    own.set(prefix + "connectionCreationTimeout", Math.max(1, patience.toSeconds()) + "s");
    TransportConf conf =
        SparkTransportConf.fromSparkConf(own, MODULE, THREADS, Option.empty(), Option.empty());
    TransportContext transport = new TransportContext(conf, new Handler(receiver));
    TransportServer server =
        transport.createServer(
            bind,
            0,
            keys.isPresent()
                ? List.of(new AuthServerBootstrap(conf, keys.get().secrets()))
                : List.of());
    TransportClientFactory clients =
        transport.createClientFactory(
            keys.isPresent()
                ? List.of(new AuthClientBootstrap(conf, keys.get().user(), keys.get().secrets()))
                : List.of());
    return new Wire(transport, server, clients, host);
  }

  /** Where others reach it, as in {@code host:port}. */
  String address() {
    return host + ":" + server.getPort();
  }

  /**
   * Connects to another end.
   *
   * @param address its {@link #address}
   * @throws IllegalStateException if it cannot be reached, or refuses the secret
   */
  Line connect(String address) {
    int colon = address.lastIndexOf(':');
    String to = address.substring(0, colon);
    try {
      return new Line(clients.createClient(to, Integer.parseInt(address.substring(colon + 1))));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          address
              + " cannot be connected to ("
              + e
              + "); is there a way from host to host for all ports, and are"
              + " spark.authenticate.secret and spark.network.crypto.* the same everywhere?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting to " + address, e);
    }
  }

  @Override
  public void close() {
    clients.close();
    server.close();
    transport.close();
  }

  /** Hands on what Spark's network reads. */
  private static final class Handler extends RpcHandler {

    private final Receiver receiver;
    private final OneForOneStreamManager streams = new OneForOneStreamManager();

    Handler(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      receiver.received(client, message, answer);
      CompletableFuture<byte[]> unused =
          answer.whenComplete(
              (bytes, error) -> {
                if (error == null) {
                  callback.onSuccess(ByteBuffer.wrap(bytes));
                } else {
                  callback.onFailure(error);
                }
              });
    }

    @Override
    public StreamManager getStreamManager() {
      return streams;
    }

    @Override
    public void channelInactive(TransportClient client) {
      receiver.closed(client);
    }
  }
}
