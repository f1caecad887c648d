package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.DeviceException;
import java.nio.file.Path;

/**
 * Brings NVIDIA's libraries into the process, from where they were found; what calls them finds
 * them there by name.
 */
final class CudaNatives {

  private CudaNatives() {}

  /** Loads the driver and the runtime, which are enough to ask what cards there are. */
  static void loadDriver(CudaLibraries libraries) {
    load(libraries.part(CudaLibrary.DRIVER));
    load(libraries.part(CudaLibrary.RUNTIME));
  }

  /** Loads all. */
  static void loadAll(CudaLibraries libraries) {
    libraries.require();
    libraries.parts().forEach(CudaNatives::load);
  }

  private static void load(CudaPart part) {
    if (!part.isFound()) {
      throw new DeviceException("no card can be asked for here: " + part.describe());
    }
    part.library().files().forEach(file -> load(part, file));
  }

  private static void load(CudaPart part, String file) {
    Path path = part.found().get(file);
    try {
      System.load(String.valueOf(path));
    } catch (UnsatisfiedLinkError e) {
      throw new DeviceException(
          path + " is there but does not load: " + e.getMessage() + "; " + part.library().remedy(),
          e);
    }
  }
}
