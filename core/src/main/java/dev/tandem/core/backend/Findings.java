package dev.tandem.core.backend;

import java.util.List;
import java.util.Optional;

/**
 * What was found on this machine.
 *
 * @param backends class names of the backends on the class path, each once
 * @param platform JavaCPP's name of the operating system and processor, "linux-x86_64" for example
 * @param cards the CUDA cards, where a backend on the class path needs one and they could be asked
 * @param parts the artifacts that the CPU's backend is made of
 * @param natives what the backend loaded; empty before it is initialized
 */
record Findings(
    List<String> backends,
    String platform,
    List<ComputeCapability> cards,
    List<Part> parts,
    Optional<Natives> natives) {

  static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
  static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

  Findings {
    backends = List.copyOf(backends);
    cards = List.copyOf(cards);
    parts = List.copyOf(parts);
  }

  Findings with(Natives loaded) {
    return new Findings(backends, platform, cards, parts, Optional.of(loaded));
  }

  /** The artifact that a backend class comes in; its own name if it is none of ND4J's. */
  static String artifact(String backend) {
    return switch (backend) {
      case CPU -> "nd4j-native";
      case CUDA -> "nd4j-cuda-11.6";
      default -> backend;
    };
  }
}
