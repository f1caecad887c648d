package dev.tandem.dashboard;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a dashboard is, and who may ask it.
 *
 * @param host the address to listen at
 * @param port to listen at; 0 for a free one
 * @param token that has to be shown; empty for none, which only the loopback may have
 */
public record DashboardAddress(String host, int port, Optional<String> token) {

  private static final int LEAST_TOKEN = 12;
  private static final int RANDOM_BYTES = 16;
  private static final int MOST_PORT = 65_535;

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the host is not known, the port is none, the token is too
   *     short, or there is none although others than this machine can ask
   */
  public DashboardAddress {
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException("--port is not in [0, " + MOST_PORT + "]: " + port);
    }
    if (new InetSocketAddress(host, port).isUnresolved()) {
      throw new IllegalArgumentException("--host " + host + " is not known");
    }
    if (token.isPresent()
        && (token.get().getBytes(StandardCharsets.UTF_8).length < LEAST_TOKEN
            || !token.get().matches("[A-Za-z0-9._~-]+"))) {
      throw new IllegalArgumentException(
          "--token is not at least "
              + LEAST_TOKEN
              + " letters, digits and . _ ~ - long, which guesses could find; leave it out, and"
              + " one is made up");
    }
    if (token.isEmpty() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "at " + host + " others can ask, so there has to be a token");
    }
  }

  /** The loopback, without a token. */
  public static DashboardAddress loopback(int port) {
    return new DashboardAddress("127.0.0.1", port, Optional.empty());
  }

  /** Whether only this machine reaches a host. */
  public static boolean isLoopback(String host) {
    InetSocketAddress address = new InetSocketAddress(host, 0);
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  /** A token that cannot be guessed. */
  public static String randomToken() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
