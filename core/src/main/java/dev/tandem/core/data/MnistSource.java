package dev.tandem.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The origin of the four files of MNIST. */
@FunctionalInterface
interface MnistSource {

  /** Reads the file of that name, given without {@code .gz}. */
  IdxFile read(String name);

  static MnistSource directory(Path directory) {
    return name -> {
      Path zipped = directory.resolve(name + ".gz");
      Path plain = directory.resolve(name);
      if (Files.exists(zipped)) {
        return IdxFile.read(zipped);
      }
      if (Files.exists(plain)) {
        return IdxFile.read(plain);
      }
      throw new DataFileException(
          name + ".gz",
          "not found in the directory "
              + directory.toAbsolutePath()
              + ", and neither is "
              + name
              + "; put the four files of MNIST there, or call Mnist.fromClassPath");
    };
  }

  static MnistSource classPath(ClassLoader loader) {
    return name -> {
      String file = name + ".gz";
      try (InputStream in = loader.getResourceAsStream("mnist/" + file)) {
        if (in == null) {
          throw new DataFileException(
              file,
              "not found as mnist/"
                  + file
                  + " on the class path; add tandem-examples to it, or call Mnist.load with a"
                  + " directory");
        }
        return IdxFile.read(in, file);
      } catch (IOException e) {
        throw new DataFileException(file, "cannot be closed (" + e + "); is the jar whole?", e);
      }
    };
  }
}
