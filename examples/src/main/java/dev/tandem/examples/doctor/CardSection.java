package dev.tandem.examples.doctor;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.driver.CudaCards;
import dev.tandem.cuda.driver.CudaLibraries;
import dev.tandem.cuda.driver.CudaLibrary;
import dev.tandem.cuda.driver.CudaPart;
import dev.tandem.examples.doctor.Section.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Driver, cards and NVIDIA's libraries, found or missing. */
final class CardSection {

  private static final String HEADING = "NVIDIA card";
  private static final double GIGA = 1 << 30;

  private CardSection() {}

  /** This machine's. */
  static Section here() {
    CudaLibraries libraries;
    try {
      libraries = CudaLibraries.find();
    } catch (RuntimeException | LinkageError e) {
      return Section.of(HEADING, "libraries", "cannot be looked for: " + e);
    }
    return of(libraries, cards(libraries));
  }

  /** Libraries, and what there is to say about cards. */
  static Section of(CudaLibraries libraries, List<Finding> cards) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    if (!libraries.isPlatform()) {
      String only = "used on " + CudaLibraries.PLATFORM + " alone, this is ";
      return Section.of(HEADING, "platform", only + libraries.platform());
    }
    findings.addAll(cards);
    libraries.parts().forEach(part -> findings.add(finding(part)));
    if (!libraries.missing().isEmpty()) {
      findings.add(new Finding("looked in", String.join(", ", libraries.places())));
    }
    return new Section(HEADING, findings.build());
  }

  private static Finding finding(CudaPart part) {
    String name = part.library().title();
    if (!part.isFound()) {
      String others =
          part.others().isEmpty()
              ? ""
              : " (of no use: "
                  + String.join(", ", part.others().stream().map(Path::toString).toList())
                  + ")";
      String missing = String.join(", ", part.missing());
      return new Finding(name, "missing " + missing + "; " + part.library().remedy() + others);
    }
    Path file = part.found().values().asList().get(0);
    String version = part.version().isEmpty() ? "found" : part.version();
    return new Finding(name, version + ", " + file);
  }

  private static List<Finding> cards(CudaLibraries libraries) {
    if (!libraries.isPlatform()
        || !libraries.part(CudaLibrary.DRIVER).isFound()
        || !libraries.part(CudaLibrary.RUNTIME).isFound()) {
      return List.of(new Finding("card", "not asked for: driver or runtime is missing"));
    }
    try {
      List<CudaCard> cards = CudaCards.all(libraries);
      return cards.isEmpty()
          ? List.of(new Finding("card", "none: look at nvidia-smi and CUDA_VISIBLE_DEVICES"))
          : cards.stream().map(CardSection::finding).toList();
    } catch (RuntimeException | LinkageError e) {
      return List.of(
          new Finding(
              "card", "cannot be used: " + KernelSections.oneLine(String.valueOf(e.getMessage()))));
    }
  }

  private static Finding finding(CudaCard card) {
    return new Finding(
        "card " + card.index(),
        String.format(
            Locale.ROOT,
            "%s%s, %d multiprocessors, %.1f GB; its driver knows CUDA %s; %s",
            card,
            card.isNewEnough() ? "" : " (too old: 7.5 or newer is needed)",
            card.processors(),
            card.bytes() / GIGA,
            card.driver(),
            KernelSections.precisions(card::lacks)));
  }
}
