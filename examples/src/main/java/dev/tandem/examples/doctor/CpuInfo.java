package dev.tandem.examples.doctor;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A processor, as {@code /proc/cpuinfo} tells of it.
 *
 * @param model empty where it is not told
 * @param cores that are there; 0 where it is not told
 * @param threads that they run at once; 0 where it is not told
 * @param flags what it can do, in the kernel's words; empty where it is not told
 */
record CpuInfo(Optional<String> model, int cores, int threads, ImmutableSet<String> flags) {

  /** Reads the text of the file; an empty one tells nothing. */
  static CpuInfo read(String text) {
    Optional<String> model = Optional.empty();
    ImmutableSet<String> flags = ImmutableSet.of();
    Set<String> cores = new HashSet<>();
    String socket = "";
    int threads = 0;
    for (String line : text.lines().toList()) {
      List<String> parts = Splitter.on(':').limit(2).trimResults().splitToList(line);
      if (parts.size() < 2) {
        continue;
      }
      String value = parts.get(1);
      switch (parts.get(0).toLowerCase(Locale.ROOT)) {
        case "processor" -> threads++;
        case "model name" -> model = Optional.of(value);
        case "physical id" -> socket = value;
        case "core id" -> cores.add(socket + "/" + value);
        case "flags", "features" ->
            flags = ImmutableSet.copyOf(Splitter.on(' ').omitEmptyStrings().split(value));
        default -> {}
      }
    }
    return new CpuInfo(model, cores.size(), threads, flags);
  }

  /** The section on it. */
  Section section() {
    return Section.of(
        "Processor",
        "model",
        model.orElse("not told here"),
        "cores",
        cores == 0
            ? Runtime.getRuntime().availableProcessors() + " processors for this JVM"
            : cores + ", " + threads + " threads",
        "AVX2",
        has("avx2"),
        "AVX-512",
        has("avx512f"),
        "BF16",
        has("avx512_bf16", "bf16"),
        "AMX",
        has("amx_bf16", "amx_tile"));
  }

  private String has(String... names) {
    if (flags.isEmpty()) {
      return "not told here";
    }
    for (String name : names) {
      if (flags.contains(name)) {
        return "yes (" + name + ")";
      }
    }
    return "no";
  }
}
