package dev.tandem.examples.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what this machine brings for training, and what is missing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Say what this machine brings for training, on the CPU and on an NVIDIA card.",
    footer = {
      "",
      "Java, processor, system, kernel libraries, threads and memory; then driver, card and CUDA's"
          + " libraries, where they were found, or what to install. The last line says what"
          + " --device auto chooses here, and why. Ends with exit code 0, whatever is missing."
    })
public final class DoctorCommand extends AppCommand {

  private static final Path CPU = Path.of("/proc/cpuinfo");

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Override
  protected void run() throws IOException {
    ImmutableList<Section> sections =
        ImmutableList.of(
            HostSections.java(),
            cpu().section(),
            HostSections.system(),
            KernelSections.libraries(),
            KernelSections.threads(),
            HostSections.memory(),
            CardSection.here());
    DeviceChoice choice = DeviceChoice.auto();
    if (json) {
      out().println(json(sections, choice));
    } else {
      sections.forEach(section -> print(section, out()));
      out().println("--device auto chooses " + choice);
    }
  }

  static CpuInfo cpu() throws IOException {
    return CpuInfo.read(Files.isReadable(CPU) ? Files.readString(CPU) : "");
  }

  /** The heading, findings in two columns, and an empty line. */
  static void print(Section section, PrintWriter out) {
    out.println(section.heading());
    int width =
        section.findings().stream().mapToInt(finding -> finding.name().length()).max().orElse(0);
    for (Section.Finding finding : section.findings()) {
      out.printf(
          Locale.ROOT, "  %-" + Math.max(1, width) + "s  %s%n", finding.name(), finding.value());
    }
    out.println();
  }

  private static String json(ImmutableList<Section> sections, DeviceChoice choice) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    for (Section section : sections) {
      ObjectNode node = root.putObject(section.heading());
      section.findings().forEach(finding -> node.put(finding.name(), finding.value()));
    }
    root.putObject("auto").put("device", choice.name()).put("reason", choice.reason());
    return root.toPrettyString();
  }
}
