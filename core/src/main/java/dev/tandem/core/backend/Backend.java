package dev.tandem.core.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one ND4J backend of this process. */
public final class Backend {

  private static final Logger log = LoggerFactory.getLogger(Backend.class);

  private static volatile boolean passed;
  private static @Nullable String failure;

  private Backend() {}

  /**
   * Makes sure that ND4J has a backend that runs here, and initializes it. A slow backend is said
   * once in the log. Calls after the first that passed do nothing. All that makes arrays here calls
   * it before the first one; a program whose first array is its own calls it before that.
   *
   * @throws IllegalStateException if there is no backend, more than one, or one that cannot run
   *     here
   */
  public static void require() {
    if (!passed) {
      check();
    }
  }

  private static synchronized void check() {
    if (failure != null) {
      throw new IllegalStateException(failure); // the JVM tells a broken library's cause but once
    }
    if (!passed) {
      try {
        Findings found = look(ND4JClassLoading.getNd4jClassloader(), NvidiaSmi::cards);
        heed(Preflight.judge(found));
        heed(Preflight.judge(load(found)));
        passed = true;
      } catch (IllegalStateException e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  /**
   * What oneDNN's kernels need besides this library, as Maven coordinates, one a line: for messages
   * where they do not load.
   */
  public static String oneDnnArtifacts() {
    return Parts.lines(
        new Parts(Loader.getPlatform())
            .ofOneDnn(ND4JClassLoading.getNd4jClassloader()).stream().map(Part::artifact));
  }

  /**
   * The backend in one line: its version, its natives, the libraries in them, and its threads; for
   * logs and bug reports.
   */
  public static String describe() {
    require();
    return Description.of(load(look(ND4JClassLoading.getNd4jClassloader(), List::of)));
  }

  /** What can be found before ND4J is initialized; the cards only where a backend needs one. */
  static Findings look(ClassLoader classPath, Supplier<List<ComputeCapability>> cards) {
    List<String> backends = ClassPath.backends(classPath);
    return new Findings(
        backends,
        Loader.getPlatform(),
        backends.contains(Findings.CUDA) ? cards.get() : List.of(),
        new Parts(Loader.getPlatform()).ofCpu(classPath),
        Optional.empty());
  }

  /** Throws an error's message, logs a warning's. */
  static void heed(Verdict verdict) {
    switch (verdict.severity()) {
      case ERROR -> throw new IllegalStateException(verdict.message());
      case WARNING -> log.warn(verdict.message());
      case NONE -> {}
    }
  }

  private static Findings load(Findings found) {
    try {
      // ND4J first: its native operations cannot be asked before it is initialized.
      String buildInfo = Nd4j.getBackend().buildInfo();
      return found.with(new Natives(loadedFolder(), buildInfo));
    } catch (LinkageError | RuntimeException e) {
      throw new IllegalStateException(Preflight.loadFailure(found, rootOf(e)), e);
    }
  }

  /** The folder that JavaCPP loaded ND4J's library from, "linux-x86_64-onednn-avx2" for example. */
  private static String loadedFolder() {
    String file = Loader.getLoadedLibraries().get("jnind4jcpu");
    Path folder = file == null ? null : Path.of(file).getParent();
    return folder == null ? Loader.getPlatform() : String.valueOf(folder.getFileName());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
