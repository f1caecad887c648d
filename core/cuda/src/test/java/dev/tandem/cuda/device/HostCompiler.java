package dev.tandem.cuda.device;

import com.google.common.base.Suppliers;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.tandem.cuda.text.KernelText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Kernels as machine code of the host, by g++; kept by the hash of their text. */
final class HostCompiler {

  private static final Path FOLDER = Path.of("target", "host-cuda").toAbsolutePath();

  private static final Map<String, NativeLibrary> LIBRARIES = new ConcurrentHashMap<>();
  private static final Map<String, Function> KERNELS = new ConcurrentHashMap<>();

  private static final Supplier<Boolean> THERE = Suppliers.memoize(HostCompiler::looked);

  private HostCompiler() {}

  /** Whether there is a compiler. */
  static boolean isThere() {
    return THERE.get();
  }

  private static boolean looked() {
    try {
      return new ProcessBuilder("g++", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** What launches kernels. */
  static NativeLibrary runtime() {
    return library("runtime", resource("host_cuda.cpp"), List.of());
  }

  /** Makes kernels callable that are not so far. */
  static void compile(Collection<KernelText> kernels) {
    List<KernelText> missing =
        kernels.stream().filter(kernel -> !KERNELS.containsKey(kernel.name())).distinct().toList();
    if (!missing.isEmpty()) {
      NativeLibrary library = library("kernels", text(missing), List.of(runtimeFile()));
      missing.forEach(
          kernel -> KERNELS.put(kernel.name(), library.getFunction("h_" + kernel.name())));
    }
  }

  /** A kernel as a function of an array of pointers to arguments. */
  static Function kernel(String name) {
    return KERNELS.get(name);
  }

  private static String text(Collection<KernelText> kernels) {
    StringBuilder text = new StringBuilder(resource("host_cuda.h")).append(Prelude.TEXT);
    for (KernelText kernel : kernels) {
      text.append(kernel.function()).append("extern \"C\" void h_").append(kernel.name());
      text.append("(void **a) { ").append(kernel.name()).append("(");
      for (int i = 0; i < kernel.parameters().size(); i++) {
        String type = kernel.parameters().get(i).replace("__restrict__ ", "");
        text.append(i == 0 ? "" : ", ")
            .append("(")
            .append(type)
            .append(")a[")
            .append(i)
            .append("]");
      }
      text.append("); }\n");
    }
    return text.toString();
  }

  private static Path runtimeFile() {
    runtime();
    return FOLDER.resolve(name("runtime", resource("host_cuda.cpp")));
  }

  private static String name(String label, String text) {
    String hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    return "lib" + label + "-" + hash.substring(0, 24) + ".so";
  }

  private static NativeLibrary library(String label, String text, List<Path> with) {
    return LIBRARIES.computeIfAbsent(name(label, text), file -> load(file, text, with));
  }

  private static NativeLibrary load(String file, String text, List<Path> with) {
    Path library = FOLDER.resolve(file);
    try {
      if (!Files.exists(library)) {
        Files.createDirectories(FOLDER);
        Path source = Files.createTempFile(FOLDER, "text", ".cpp");
        Path made = Files.createTempFile(FOLDER, "made", ".so");
        Files.writeString(source, text);
        run(source, made, with);
        Files.move(
            made, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return NativeLibrary.getInstance(library.toString());
  }

  private static void run(Path source, Path made, List<Path> with) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "g++",
                with.isEmpty() ? "-O2" : "-O0",
                "-std=c++17",
                "-ffp-contract=off",
                "-w",
                "-shared",
                "-fPIC",
                "-o",
                made.toString(),
                source.toString()));
    with.forEach(path -> command.add(path.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new DeviceException("g++ refuses " + source + ":\n" + output);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try {
      return Resources.toString(Resources.getResource("host/" + name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
