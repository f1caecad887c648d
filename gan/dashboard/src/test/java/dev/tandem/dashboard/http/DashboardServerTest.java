package dev.tandem.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.dashboard.Dashboard;
import dev.tandem.dashboard.DashboardAddress;
import dev.tandem.dashboard.FakeRun;
import dev.tandem.dashboard.LatentWalk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard answers, and whom. */
class DashboardServerTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String EVIL = "<img src=x onerror=alert(1)>";

  @TempDir static Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private static final CountDownLatch DRAWING = new CountDownLatch(1);
  private static final CountDownLatch DRAWN = new CountDownLatch(1);
  private static Path runs;
  private static FakeRun run;
  private static Dashboard served;
  private Dashboard dashboard = served;

  @BeforeAll
  static void start() throws IOException {
    runs = Files.createDirectory(directory.resolve("runs"));
    run = FakeRun.in(runs.resolve("a/first"), "dcgan", 100).lines(1, 50).picture(50);
    FakeRun.in(runs.resolve(EVIL), "dcgan", 100).lines(1, 2);
    FakeRun.in(runs.resolve("moving"), "dcgan", 100).lines(1, 2);
    FakeRun.in(runs.resolve("gone"), "dcgan", 100).lines(1, 2);
    Files.writeString(directory.resolve("secret.txt"), "secret");
    served =
        Dashboard.start(runs, DashboardAddress.loopback(0), Optional.of(DashboardServerTest::walk));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static LatentWalk.Frames walk(Path folder, LatentWalk.Ask ask) throws IOException {
    if (ask.seed() == 13) {
      throw new IllegalArgumentException("the generator makes points");
    }
    if (ask.seed() == 99) {
      DRAWING.countDown();
      try {
        assertThat(DRAWN.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    return new LatentWalk.Frames(
        Files.readAllBytes(folder.resolve("step-000050.png")), ask.frames());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + dashboard.port() + path);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/walk?run=a/first"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    request.headers(headers);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A question as it is written here, which a client would mend or refuse. */
  private String raw(String firstLine, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", dashboard.port())) {
      String text =
          firstLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void page_andItsFiles_comeFromHereAloneWithAPolicy() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe", "http:");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body()).doesNotContain("http://", "https://", " style=", " onclick=");
    for (String path : new PageFiles().paths()) {
      HttpResponse<String> file = get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      if (!path.contains("uPlot") && !path.endsWith(".svg")) {
        assertThat(file.body()).as(path).doesNotContain("https://", "innerHTML", "eval(");
      }
    }
    assertThat(get("/page/uPlot.js").headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
  }

  @Test
  void list_ofRuns_saysWhatEachIs() throws Exception {
    JsonNode list = json("/api/runs");
    assertThat(list.get("walks").asBoolean()).isTrue();
    JsonNode first =
        StreamSupport.stream(list.get("runs").spliterator(), false)
            .filter(one -> one.get("id").asText().equals("a/first"))
            .findFirst()
            .orElseThrow();
    assertThat(first.get("round").asInt()).isEqualTo(50);
    assertThat(first.get("rounds").asInt()).isEqualTo(100);
    assertThat(first.get("preset").asText()).isEqualTo("dcgan");
    assertThat(first.get("last").get("d_loss").asDouble()).isPositive();
  }

  @Test
  void curves_ofARun_areThinnedAndSmoothed() throws Exception {
    JsonNode curves =
        json(
            "/api/curves?run=a/first&name=d_loss&name=g_gradient_norm&name=x&buckets=5&smoothing=.5");
    assertThat(curves.get("rows").asInt()).isEqualTo(50);
    assertThat(curves.get("x")).hasSize(10);
    assertThat(curves.get("values").get("d_loss")).hasSize(10);
    assertThat(curves.get("values").has("g_gradient_norm")).isFalse(); // was null each time
    assertThat(curves.get("smooth").get("d_loss")).hasSize(10);
    assertThat(json("/api/curves?run=a/first").get("values").fieldNames())
        .toIterable()
        .contains("d_r1", "g_rate")
        .doesNotContain("round", "seconds");
    assertThat(json("/api/curves?run=a/first&name=d_loss&axis=images&from=640&to=704").get("x"))
        .hasSize(4);
    assertThat(get("/api/curves?run=a/first&axis=password").statusCode()).isEqualTo(400);
    assertThat(get("/api/curves?run=a/first&from=abc").body()).contains("no number");
  }

  @Test
  void details_andPictures_areThoseOfTheRun() throws Exception {
    JsonNode details = json("/api/run?run=a/first");
    assertThat(details.get("settings").get("budget.rounds").asText()).isEqualTo("100");
    assertThat(details.get("pictures").get(0).get("name").asText()).isEqualTo("step-000050.png");
    HttpResponse<byte[]> picture =
        client.send(
            HttpRequest.newBuilder(uri("/api/picture?run=a/first&name=step-000050.png")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(picture.body())
        .isEqualTo(Files.readAllBytes(run.folder().resolve("step-000050.png")));
  }

  @Test
  void name_thatIsMarkup_isOnlyEverText() throws Exception {
    HttpResponse<String> list = get("/api/runs");
    assertThat(list.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(get("/api/run?run=" + encoded(EVIL)).statusCode()).isEqualTo(200);
    HttpResponse<String> wrong = get("/api/run?run=" + encoded("<script>alert(1)</script>"));
    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(wrong.body()).doesNotContain("<");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/run?run=..",
        "/api/run?run=../",
        "/api/run?run=a",
        "/api/run?run=a/../a/first",
        "/api/run?run=%2e%2e%2f",
        "/api/picture?run=a/first&name=../../secret.txt",
        "/api/picture?run=a/first&name=..%2f..%2fsecret.txt",
        "/api/picture?run=a/first&name=config.yaml",
        "/api/picture?run=a/first&name=metrics.jsonl",
        "/api/picture?run=../&name=secret.txt",
        "/page/../../secret.txt",
        "/page/..%2f..%2fsecret.txt",
        "/page/%2e%2e/%2e%2e/secret.txt",
        "/page//etc/passwd",
        "/..;/secret.txt",
        "/META-INF/MANIFEST.MF",
        "/page/index.html/../../secret.txt",
        "/api/run?run=a/first%00",
      })
  void path_outOfTheRuns_leadsNowhere(String path) throws Exception {
    String answer = raw("GET " + path + " HTTP/1.1", "Host: localhost");
    assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").doesNotContain("secret\n", "root:");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n"))).doesNotContain("budget");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "[::2]:1"
      })
  void host_thatIsNotThisMachine_isRefusedOnTheLoopback(String host) throws Exception {
    assertThat(raw("GET /api/runs HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 403")
        .contains("localhost and 127.0.0.1 alone")
        .doesNotContain("a/first");
    for (String own : new String[] {"localhost", "127.0.0.1:9", "[::1]:8090"}) {
      assertThat(raw("GET /api/runs HTTP/1.1", "Host: " + own)).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST"})
  void method_thatWrites_isNotThere(String method) throws Exception {
    for (String path : new String[] {"/", "/api/runs", "/api/run?run=a/first", "/api/picture"}) {
      assertThat(raw(method + " " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0"))
          .containsPattern("^HTTP/1.1 40[45] ");
    }
  }

  @Test
  void walk_isBoundedAndForThePageAlone() throws Exception {
    String good = "{\"seed\":7,\"count\":2,\"frames\":3}";
    String[] type = {"Content-Type", "application/json"};
    HttpResponse<String> answer = post(good, type);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Frames")).contains("3");
    assertThat(post("{\"count\":2,\"frames\":49}", type).body())
        .contains("frames is no", "[2, 48]");
    assertThat(post("{\"count\":0,\"frames\":4}", type).statusCode()).isEqualTo(400);
    assertThat(post("{\"count\":2.5,\"frames\":4}", type).statusCode()).isEqualTo(400);
    assertThat(post("x", type).body()).contains("no JSON");
    assertThat(post("{\"seed\":13,\"count\":2,\"frames\":3}", type).body())
        .contains("makes points");
    assertThat(post(good, "Content-Type", "text/plain").statusCode()).isEqualTo(403);
    assertThat(
            post(good, "Content-Type", "application/json", "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            post(good, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void walk_whileAnotherIsDrawn_isToldToComeAgain() throws Exception {
    HttpRequest slow =
        HttpRequest.newBuilder(uri("/api/walk?run=a/first"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"seed\":99,\"count\":1,\"frames\":2}"))
            .build();
    var first = client.sendAsync(slow, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(DRAWING.await(20, TimeUnit.SECONDS)).isTrue();

    HttpResponse<String> second =
        post("{\"count\":1,\"frames\":2}", "Content-Type", "application/json");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.body()).contains("another walk");
    assertThat(get("/api/runs").statusCode()).isEqualTo(200); // nothing else waits
    DRAWN.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void events_tellOfALineThatWasWrittenAndOfARunThatIsGone() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/events"))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<InputStream> stream =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      new FakeRun(runs.resolve("moving")).lines(3, 5);
      JsonNode told = next(lines);
      assertThat(told.get("changed").get(0).get("round").asInt()).isEqualTo(5);
      Files.delete(runs.resolve("gone/config.yaml"));
      Files.delete(runs.resolve("gone/metrics.jsonl"));
      told = next(lines);
      assertThat(told.get("removed").get(0).asText()).isEqualTo("gone");
    }
  }

  private static JsonNode next(BufferedReader lines) throws IOException {
    String line = "";
    while (line != null && !line.startsWith("data: {")) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
    return JSON.readTree(line.substring("data: ".length()));
  }

  @Test
  void token_isShownByParameterCookieOrHeader() throws Exception {
    String token = DashboardAddress.randomToken();
    DashboardAddress open = new DashboardAddress("0.0.0.0", 0, Optional.of(token));
    try (Dashboard opened = Dashboard.start(runs, open, Optional.empty())) {
      dashboard = opened;
      assertThat(dashboard.url())
          .isEqualTo("http://localhost:" + dashboard.port() + "/?token=" + token);

      assertThat(get("/").statusCode()).isEqualTo(401);
      assertThat(get("/api/runs").body()).contains("wants its token").doesNotContain("a/first");
      assertThat(get("/api/events").statusCode()).isEqualTo(401);
      assertThat(get("/api/runs?token=" + "0".repeat(32)).statusCode()).isEqualTo(401);
      assertThat(get("/api/runs", "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
      HttpResponse<String> first = get("/?token=" + token);
      assertThat(first.statusCode()).isEqualTo(303);
      assertThat(first.headers().firstValue("Location")).contains("/");
      String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      String shown = cookie.substring(0, cookie.indexOf(';'));
      assertThat(get("/api/runs", "Cookie", shown).body()).contains("a/first", "\"walks\":false");
      assertThat(raw("GET /api/runs HTTP/1.1", "Host: box.example", "Cookie: " + shown))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void addresses_thatAreNotSafe_areRefused() {
    assertThatThrownBy(() -> new DashboardAddress("0.0.0.0", 0, Optional.empty()))
        .hasMessageContaining("there has to be a token");
    assertThatThrownBy(() -> new DashboardAddress("127.0.0.1", 0, Optional.of("short")))
        .hasMessageContaining("--token is not at least 12");
    assertThatThrownBy(() -> new DashboardAddress("127.0.0.1", 70_000, Optional.empty()))
        .hasMessageContaining("--port is not in [0, 65535]: 70000");
    assertThatThrownBy(() -> new DashboardAddress("no.such.host.invalid", 0, Optional.empty()))
        .hasMessageContaining("is not known");
  }

  @Test
  void start_whereItCannotBe_saysWhy() {
    assertThatThrownBy(
            () ->
                Dashboard.start(
                    runs, DashboardAddress.loopback(dashboard.port()), Optional.empty()))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("cannot be listened at")
        .hasMessageContaining("give another --port");
    Path none = directory.resolve("none");
    assertThatThrownBy(() -> Dashboard.start(none, DashboardAddress.loopback(0), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not there")
        .hasMessageContaining("tandem gan --out");
    Path file = directory.resolve("secret.txt");
    assertThatThrownBy(() -> Dashboard.start(file, DashboardAddress.loopback(0), Optional.empty()))
        .hasMessageContaining("is a file");
  }
}
