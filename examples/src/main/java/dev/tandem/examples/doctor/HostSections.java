package dev.tandem.examples.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** What the JVM tells of itself and of the machine. */
final class HostSections {

  private static final double GIGA = 1 << 30;

  private HostSections() {}

  static Section java() {
    return Section.of(
        "Java",
        "version",
        property("java.version"),
        "vendor",
        property("java.vendor"),
        "path",
        property("java.home"),
        "architecture",
        property("os.arch"));
  }

  static Section system() {
    return Section.of("System", "name", property("os.name"), "version", property("os.version"));
  }

  static Section memory() {
    String heap = gigabytes(Runtime.getRuntime().maxMemory());
    return Section.of(
        "Memory",
        "Java heap",
        heap + " at most (-Xmx)",
        "arrays",
        limit("maxbytes") + " at most (-Dorg.bytedeco.javacpp.maxbytes)",
        "process",
        limit("maxphysicalbytes") + " at most (-Dorg.bytedeco.javacpp.maxphysicalbytes)",
        "machine",
        machine());
  }

  private static String limit(String name) {
    try {
      long bytes = name.equals("maxbytes") ? Pointer.maxBytes() : Pointer.maxPhysicalBytes();
      return bytes <= 0 ? "no limit" : gigabytes(bytes);
    } catch (LinkageError e) {
      return "JavaCPP does not load (" + e + ")";
    }
  }

  private static String machine() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      return gigabytes(system.getTotalMemorySize())
          + ", "
          + gigabytes(system.getFreeMemorySize())
          + " free";
    }
    return "not told here";
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
  }

  private static String property(String name) {
    return String.valueOf(System.getProperty(name));
  }
}
