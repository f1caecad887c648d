package dev.tandem.gan.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

  private static final byte[] CONTENT = "some data".getBytes(UTF_8);
  private static final String SHA256 = Hashing.sha256().hashBytes(CONTENT).toString();

  @TempDir Path directory;
  private HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data.gz",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.createContext(
        "/moved/data.gz",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/data.gz");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  @Test
  void file_ofTwoCalls_isFetchedOnce() {
    Download download = Download.sha256(address("/data.gz"), SHA256);
    Path cache = directory.resolve("new").resolve("cache");
    Path file = download.into(cache);
    assertThat(file).isEqualTo(cache.resolve("data.gz")).hasBinaryContent(CONTENT);
    assertThat(download.into(cache)).isEqualTo(file);
    assertThat(requests).hasValue(1);
  }

  @Test
  void file_thatMoved_isFollowed() {
    Path file = Download.sha256(address("/moved/data.gz"), SHA256).into(directory);
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void file_broughtByHand_needsNoNetwork() throws IOException {
    Path file = Files.write(directory.resolve("data.gz"), CONTENT);
    URI nowhere = URI.create("http://localhost:1/data.gz");
    assertThat(Download.md5(nowhere, md5()).into(directory)).isEqualTo(file);
  }

  @Test
  void file_ofAnotherChecksum_isRefusedAndLeavesNothing() {
    String other = "0".repeat(64);
    assertThatThrownBy(() -> Download.sha256(address("/data.gz"), other).into(directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("data.gz")
        .hasMessageContaining(SHA256)
        .hasMessageContaining(other);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void file_damagedInTheCache_isNamedAndKept() throws IOException {
    Path file = Files.writeString(directory.resolve("data.gz"), "some dat");
    assertThatThrownBy(() -> Download.sha256(address("/data.gz"), SHA256).into(directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(directory.toString());
    assertThat(file).hasContent("some dat");
    assertThat(requests).hasValue(0);
  }

  @Test
  void address_thatIsMissingOrDead_isNamedWithANextStep() {
    assertThatThrownBy(() -> Download.sha256(address("/no.gz"), SHA256).into(directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("status 404")
        .hasMessageContaining("by hand");
    URI dead = URI.create("http://localhost:1/data.gz");
    assertThatThrownBy(() -> Download.sha256(dead, SHA256).into(directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(dead.toString());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void checksum_ofAnotherLength_isRefused() {
    assertThatThrownBy(() -> Download.sha256(address("/data.gz"), md5()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32")
        .hasMessageContaining("64");
    assertThatThrownBy(() -> Download.sha256(address("/"), SHA256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file name");
  }

  @Test
  void fashionMnist_ofDamagedFiles_isRefusedBeforeItIsRead() throws IOException {
    Files.write(directory.resolve("train-images-idx3-ubyte.gz"), CONTENT);
    assertThatThrownBy(() -> FashionMnist.load(directory, PixelRange.MINUS_ONE_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("8d4fb7e6c68d591d4c3dfef9ec88bf0d");
  }

  @SuppressWarnings("deprecation") // what old data sets publish
  private static String md5() {
    return Hashing.md5().hashBytes(CONTENT).toString();
  }
}
