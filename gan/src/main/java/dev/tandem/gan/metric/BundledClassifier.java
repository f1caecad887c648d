package dev.tandem.gan.metric;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.io.Resources;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The classifier in this module's resources; in a jar, so by way of a temporary directory. */
final class BundledClassifier {

  private static final String DIRECTORY = "mnist-classifier";

  private BundledClassifier() {}

  static Model load() {
    try {
      Path directory = Files.createTempDirectory("tandem-" + DIRECTORY);
      try {
        copy("manifest.json", directory);
        copy("arrays-0.bin", directory);
        return ModelFile.load(directory);
      } finally {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new DataFileException(
          DIRECTORY,
          "cannot be copied to a temporary directory (" + e + "); is java.io.tmpdir writable?",
          e);
    }
  }

  private static void copy(String name, Path directory) throws IOException {
    Files.write(
        directory.resolve(name),
        Resources.toByteArray(
            Resources.getResource(BundledClassifier.class, DIRECTORY + "/" + name)));
  }
}
