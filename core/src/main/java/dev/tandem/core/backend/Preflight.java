package dev.tandem.core.backend;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/** The verdict on the findings, and its sentences: a pure function. */
final class Preflight {

  /** nd4j-cuda-11.6 holds machine code for 3.7 to 8.6; that of 8.6 runs on all later 8.x. */
  private static final ComputeCapability OLDEST = new ComputeCapability(3, 7);

  private static final int NEWEST_MAJOR = 8;

  private Preflight() {}

  /** The verdict on what is known so far: before the backend is initialized, and again after. */
  static Verdict judge(Findings found) {
    if (found.backends().isEmpty()) {
      return Verdict.error(
          "no ND4J backend is on the class path; add these to the dependencies, at run time:"
              + Parts.lines(found.parts().stream().filter(Part::isMissing).map(Part::artifact))
              + oneDnn(found)
              + "\nor for a CUDA card:"
              + Parts.lines(new Parts(found.platform()).ofCuda().stream()));
    }
    if (found.backends().size() > 1) {
      return Verdict.error(
          "expects one ND4J backend on the class path, got "
              + found.backends().stream().map(Findings::artifact).collect(joining(" and "))
              + "; remove all but one from the dependencies");
    }
    Verdict cards = judgeCards(found.cards());
    return cards.equals(Verdict.PASS) ? judgeSpeed(found) : cards;
  }

  /** Why the backend cannot be initialized, and what it needs. */
  static String loadFailure(Findings found, Throwable cause) {
    String failure =
        Findings.artifact(found.backends().get(0))
            + " cannot be loaded on "
            + found.platform()
            + " ("
            + cause
            + "); ";
    return failure
        + (found.backends().contains(Findings.CUDA)
            ? "it needs a CUDA card, its driver, and besides the backend the CUDA 11.6 libraries:"
                + Parts.lines(new Parts(found.platform()).ofCuda().stream())
            : needs(found));
  }

  /** What is missing and what does not fit, with what to put in its place. */
  private static String needs(Findings found) {
    List<Part> missing = found.parts().stream().filter(Part::isMissing).toList();
    List<Part> others = found.parts().stream().filter(Part::isOther).toList();
    StringBuilder text = new StringBuilder();
    if (!missing.isEmpty()) {
      text.append("not on the class path, add to the dependencies:")
          .append(Parts.lines(missing.stream().map(Part::artifact)));
    }
    if (!others.isEmpty()) {
      text.append(missing.isEmpty() ? "" : "\nand ")
          .append("there in versions that do not fit together (")
          .append(others.stream().map(Preflight::foundVersion).collect(joining(", ")))
          .append("), put in their place:")
          .append(Parts.lines(others.stream().map(Part::artifact)));
    }
    return text.isEmpty()
        ? "all that it needs is on the class path in the right versions: does this system's C"
            + " library fit, and may libraries be unpacked into ~/.javacpp/cache"
            + " (org.bytedeco.javacpp.cachedir)?"
        : text.toString();
  }

  private static String foundVersion(Part part) {
    Artifact artifact = part.artifact();
    return new Artifact(
            artifact.group(), artifact.name(), part.found().orElse("?"), artifact.classifier())
        .toString();
  }

  private static Verdict judgeCards(List<ComputeCapability> cards) {
    List<ComputeCapability> unserved = cards.stream().filter(card -> !isServed(card)).toList();
    if (unserved.isEmpty()) {
      return Verdict.PASS;
    }
    String rule =
        "nd4j-cuda-11.6 has machine code for compute capability "
            + OLDEST
            + " to "
            + NEWEST_MAJOR
            + ".x only, this machine has "
            + unserved.stream().map(Object::toString).collect(joining(", "))
            + "; ";
    return unserved.size() == cards.size()
        ? Verdict.error(rule + "use nd4j-native, or a card that it serves (A100, RTX 30, RTX 40)")
        : Verdict.warning(rule + "name the other cards in CUDA_VISIBLE_DEVICES");
  }

  private static boolean isServed(ComputeCapability card) {
    return card.compareTo(OLDEST) >= 0 && card.major() <= NEWEST_MAJOR;
  }

  /** There is no oneDNN for ARM and none is needed for CUDA; on x86-64 its absence is a mistake. */
  private static Verdict judgeSpeed(Findings found) {
    boolean wantsOneDnn =
        found.backends().contains(Findings.CPU) && found.platform().endsWith("x86_64");
    return found
        .natives()
        .filter(natives -> wantsOneDnn && !natives.hasOneDnn())
        .map(
            natives ->
                Verdict.warning(
                    "nd4j-native runs its natives "
                        + natives.name()
                        + ", built without oneDNN and up to 17 times slower; depend on these in"
                        + " their place, and leave out nd4j-native-platform:"
                        + Parts.lines(
                            Stream.of(
                                new Artifact(
                                    "org.nd4j",
                                    "nd4j-native",
                                    Parts.version("nd4j"),
                                    found.platform() + "-onednn-avx2")))))
        .orElse(Verdict.PASS);
  }

  private static String oneDnn(Findings found) {
    return Parts.lines(
        new Parts(found.platform())
            .ofOneDnn(ClassLoader.getPlatformClassLoader()).stream().map(Part::artifact));
  }
}
