package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.DeviceException;
import java.nio.file.Path;
import java.util.Objects;

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

  /** Loads all that every card needs. */
  static void loadAll(CudaLibraries libraries) {
    libraries.require();
    libraries.parts().stream()
        .filter(part -> part.library().isOfEveryCard())
        .forEach(CudaNatives::load);
  }

  /** Loads what several cards need besides. */
  static void loadForSeveral(CudaLibraries libraries) {
    libraries.requireForSeveral();
    load(libraries.part(CudaLibrary.NCCL));
  }

  private static void load(CudaPart part) {
    if (!part.isFound()) {
      throw new DeviceException("no card can be asked for here: " + part.describe());
    }
    if (part.library() == CudaLibrary.NVRTC) {
      loadBuiltins(part);
    }
    part.library().files().forEach(file -> load(part, file));
  }

  /** NVRTC asks for a second file by name, which is found if it is there already. */
  private static void loadBuiltins(CudaPart nvrtc) {
    Path beside = Objects.requireNonNull(nvrtc.found().get(CudaLibrary.NVRTC.mainFile()));
    for (Path builtins : LibrarySearch.beside(beside, "libnvrtc-builtins.so.13.")) {
      load(nvrtc, builtins);
    }
  }

  private static void load(CudaPart part, String file) {
    load(part, Objects.requireNonNull(part.found().get(file)));
  }

  private static void load(CudaPart part, Path path) {
    try {
      System.load(path.toAbsolutePath().toString());
    } catch (UnsatisfiedLinkError e) {
      throw new DeviceException(
          path + " is there but does not load: " + e.getMessage() + "; " + part.library().remedy(),
          e);
    }
  }
}
