package dev.tandem.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.examples.Cli;
import dev.tandem.examples.gan.GeneratorFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on the loopback: right answers to many threads, and errors that say what is wrong. */
class ImageServiceTest {

  @TempDir Path directory;

  @BeforeEach
  void saveAModel() {
    Model net =
        Model.sequential(
            "generator",
            Input.of("noise", 8),
            Dense.units(4 * 4 * 16),
            Reshape.of(4, 4, 16),
            Conv2DTranspose.filters(3)
                .kernel(4)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.tanh()));
    ModelFile.save(net.initialize(1), directory.resolve("model"));
  }

  private ImageService start() throws IOException {
    return ImageService.start(
        GeneratorFile.load(directory.resolve("model")), new InetSocketAddress("127.0.0.1", 0), 4);
  }

  private static HttpResponse<byte[]> get(ImageService service, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + service.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void service_askedByManyThreads_givesNoWrongAnswer() throws Exception {
    try (ImageService service = start()) {
      LoadTest.Report report = LoadTest.run(service, 400, 8);

      assertThat(report.wrong()).isZero();
      assertThat(report.p50()).isPositive().isLessThanOrEqualTo(report.p99());
      assertThat(report.toString())
          .startsWith("400 requests of 8 clients: p50 ")
          .endsWith(", 0 wrong answers");
    }
  }

  @Test
  void answer_isAPictureThatTheSeedDecides() throws Exception {
    try (ImageService service = start()) {
      HttpResponse<byte[]> one = get(service, "/image?seed=1");

      assertThat(one.statusCode()).isEqualTo(200);
      assertThat(one.headers().firstValue("Content-Type")).contains("image/png");
      assertThat(ImageIO.read(new ByteArrayInputStream(one.body())).getWidth()).isEqualTo(8);
      assertThat(get(service, "/image?seed=1").body()).isEqualTo(one.body());
      assertThat(get(service, "/image?seed=2").body()).isNotEqualTo(one.body());
      assertThat(new String(get(service, "/health").body(), StandardCharsets.UTF_8))
          .isEqualTo("ready");
    }
  }

  @Test
  void question_thatIsWrong_isAnsweredWithTheReason() throws Exception {
    try (ImageService service = start()) {
      HttpResponse<byte[]> letters = get(service, "/image?seed=abc");
      HttpResponse<byte[]> classes = get(service, "/image?class=1");

      assertThat(letters.statusCode()).isEqualTo(400);
      assertThat(new String(letters.body(), StandardCharsets.UTF_8))
          .isEqualTo("seed is no whole number: abc");
      assertThat(classes.statusCode()).isEqualTo(400);
      assertThat(get(service, "/other").statusCode()).isEqualTo(404);
      assertThat(get(service, "/image?seed=3").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void command_tryingItself_reportsTimesAndEnds() throws Exception {
    String model = directory.resolve("model").toString();

    Cli cli = Cli.run("serve-images", model, "--port", "0", "--try", "50");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("/image?seed=1 with 4 threads", "0 wrong answers");
    try (ImageService service = start()) {
      Cli taken =
          Cli.run("serve-images", model, "--port", Integer.toString(service.address().getPort()));
      assertThat(taken.exitCode()).isEqualTo(2);
      assertThat(taken.err()).contains("cannot be listened at", "give another --port");
    }
  }
}
