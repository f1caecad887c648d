package dev.tandem.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run was started with, in a file: versions, Java, machine, card, threads, commit, command
 * line and date. The file is an array with an object for each start, a resume being one too.
 */
public final class Environment {

  private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
  private static final JsonMapper JSON = new JsonMapper();

  private Environment() {}

  /**
   * Adds this start to a file. One that cannot be written is said in the log.
   *
   * @param device that steps run on, as its option names it
   * @param arguments of the command line
   * @param round that the run goes on from
   * @param facts what else is said of this start
   */
  public static void add(
      Path file, String device, List<String> arguments, long round, ObjectNode facts) {
    try {
      ArrayNode starts = Files.exists(file) && round > 0 ? read(file) : JSON.createArrayNode();
      starts.add(here(device, arguments, round).setAll(facts));
      WholeFile.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(starts) + "\n");
    } catch (DataFileException e) {
      LOG.warn("{}; the run goes on without it", e.getMessage());
    } catch (IOException e) {
      LOG.warn("{}: cannot be written ({}); the run goes on without it", file, e.toString());
    }
  }

  private static ArrayNode read(Path file) throws IOException {
    JsonNode known = JSON.readTree(file.toFile());
    return known instanceof ArrayNode array ? array : JSON.createArrayNode();
  }

  private static ObjectNode here(String device, List<String> arguments, long round)
      throws IOException {
    ObjectNode start =
        JSON.createObjectNode()
            .put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("command", "tandem " + String.join(" ", arguments))
            .put("round", round)
            .put("tandem", version())
            .put("commit", GitCommit.ofClasses().orElse(null))
            .put("device", device);
    for (Section section :
        List.of(
            HostSections.java(),
            HostSections.system(),
            DoctorCommand.cpu().section(),
            KernelSections.libraries(),
            KernelSections.threads(),
            HostSections.memory())) {
      put(start, section);
    }
    if (!device.equals("cpu")) {
      put(start, CardSection.here());
    }
    return start;
  }

  private static void put(ObjectNode start, Section section) {
    ObjectNode node = start.putObject(section.heading());
    section.findings().forEach(finding -> node.put(finding.name(), finding.value()));
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Model.class.getPackage().getImplementationVersion(), "development");
  }
}
