package dev.tandem.core.backend;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** What follows from the findings: a pure function, and the sentences that it says. */
final class Preflight {

  /** nd4j-cuda-11.6 holds machine code for 3.7 to 8.6; that of 8.6 runs on all later 8.x. */
  private static final ComputeCapability OLDEST = new ComputeCapability(3, 7);

  private static final int NEWEST_MAJOR = 8;

  private Preflight() {}

  /** The verdict on what is known so far: before the backend is initialised, and again after. */
  static Verdict judge(Findings found) {
    if (found.backends().isEmpty()) {
      return Verdict.error(
          "no ND4J backend is on the class path; add "
              + recommended(found.platform())
              + ", or org.nd4j:nd4j-cuda-11.6 for a CUDA card");
    }
    if (found.backends().size() > 1) {
      return Verdict.error(
          "expects one ND4J backend on the class path, got "
              + found.backends().stream().map(Findings::artifact).collect(joining(" and "))
              + "; remove all but one from the dependencies");
    }
    Verdict cards = judgeCards(found.cards());
    return cards == Verdict.PASS ? judgeSpeed(found) : cards;
  }

  /** Why the backend cannot be initialised, and what it needs. */
  static String loadFailure(Findings found, Throwable cause) {
    String backend = found.backends().get(0);
    String needs =
        backend.equals(Findings.CUDA)
            ? "it needs a CUDA card, its driver, and the CUDA 11.6 libraries"
                + " (org.bytedeco:cuda:11.6-8.3-1.5.7 with the classifier "
                + found.platform()
                + "-redist)"
            : "put its natives on the class path: "
                + recommended(found.platform())
                + ", and org.bytedeco:openblas and javacpp with the classifier "
                + found.platform();
    return Findings.artifact(backend)
        + " cannot be loaded on "
        + found.platform()
        + " ("
        + cause
        + "); "
        + needs;
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
                        + ", built without oneDNN and up to 17 times slower; depend on "
                        + recommended(found.platform())
                        + " in their place"))
        .orElse(Verdict.PASS);
  }

  private static String recommended(String platform) {
    return "org.nd4j:nd4j-native with the classifier "
        + (platform.endsWith("x86_64") ? platform + "-onednn-avx2" : platform);
  }
}
