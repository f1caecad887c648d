package dev.tandem.dashboard.http;

import dev.tandem.dashboard.DashboardAddress;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. On the loopback, only what was sent to the loopback by its name: a page of elsewhere
 * whose name was made to point here sends its own name. With a token, who shows it, as a parameter
 * (once: it becomes a cookie), a cookie or a header.
 */
final class AccessRules {

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "Bearer ";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Optional<String> token;
  private final boolean loopback;
  private final String own;

  AccessRules(DashboardAddress address) {
    this.token = address.token();
    this.loopback = DashboardAddress.isLoopback(address.host());
    this.own = address.host();
  }

  /** Lets a request through, or answers it. */
  void check(Context context) {
    headers(context);
    String named = hostName(context.header("Host"));
    if (loopback && !LOCAL.contains(named) && !named.equals(own)) {
      refuse(
          context,
          HttpStatus.FORBIDDEN,
          "This page answers to localhost and 127.0.0.1 alone. To reach it from elsewhere, start it"
              + " with --host and a token, or forward its port: ssh -L 8090:127.0.0.1:8090 …");
      return;
    }
    if (token.isEmpty()) {
      return;
    }
    String shown = context.queryParam("token");
    if (shown != null && matches(shown)) {
      Cookie known = new Cookie(cookie(context), shown);
      known.setHttpOnly(true);
      known.setSameSite(SameSite.STRICT);
      known.setPath("/");
      context.cookie(known);
      if (context.path().equals("/")) {
        context.redirect("/", HttpStatus.SEE_OTHER); // so that it is in no history or bookmark
        context.skipRemainingHandlers();
      }
      return;
    }
    if (!matches(context.cookie(cookie(context)))
        && !matches(bearer(context.header("Authorization")))) {
      refuse(
          context,
          HttpStatus.UNAUTHORIZED,
          "This page wants its token: open the address that 'tandem serve' printed, or send the"
              + " header Authorization: Bearer TOKEN.");
    }
  }

  /** Cookies are for all ports of a host, and another dashboard may be at another port. */
  private static String cookie(Context context) {
    return "tandem-token-" + context.req().getLocalPort();
  }

  /** Whether a page of elsewhere may have sent this in the name of a user. */
  static boolean isFromElsewhere(Context context) {
    String site = context.header("Sec-Fetch-Site");
    String origin = context.header("Origin");
    String type = context.header("Content-Type");
    boolean otherSite = site != null && !site.equals("same-origin") && !site.equals("none");
    boolean otherOrigin = origin != null && !origin.endsWith("//" + context.header("Host"));
    return otherSite || otherOrigin || type == null || !type.startsWith("application/json");
  }

  private static void headers(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
  }

  private static void refuse(Context context, HttpStatus status, String text) {
    context.status(status).contentType("text/plain; charset=utf-8").result(text + "\n");
    context.skipRemainingHandlers();
  }

  /** The name in a Host header, without the port, which a tunnel may have changed. */
  private static String hostName(@Nullable String header) {
    String host = header == null ? "" : header;
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
  }

  /** Takes as long for a token that is nearly right as for any other. */
  private boolean matches(@Nullable String shown) {
    return shown != null && MessageDigest.isEqual(digest(shown), digest(token.orElseThrow()));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
