package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Changes manifests as one who knows the format would: with a checksum that is right again. */
final class Forgery {

  private static final String SEAL = ",\n  \"crc32c\": \"";

  private Forgery() {}

  static void of(Path directory, UnaryOperator<String> change) throws IOException {
    Path manifest = directory.resolve("manifest.json");
    String text = Files.readString(manifest);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    String body = changed.substring(0, changed.lastIndexOf(SEAL));
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        manifest, body + SEAL + String.format(Locale.ROOT, "%08x", crc.getValue()) + "\"\n}\n");
  }
}
