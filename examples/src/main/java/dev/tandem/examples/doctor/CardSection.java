package dev.tandem.examples.doctor;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.driver.CudaCards;
import dev.tandem.cuda.driver.CudaLibraries;
import dev.tandem.cuda.driver.CudaLibrary;
import dev.tandem.cuda.driver.CudaPart;
import dev.tandem.cuda.driver.KernelCache;
import dev.tandem.examples.doctor.Section.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Driver, cards and NVIDIA's libraries, found or missing. */
final class CardSection {

  private static final String HEADING = "NVIDIA card";
  private static final double GIGA = 1 << 30;
  private static final double MEGA = 1 << 20;

  private CardSection() {}

  /** This machine's. */
  static Section here() {
    CudaLibraries libraries;
    try {
      libraries = CudaLibraries.find();
    } catch (RuntimeException | LinkageError e) {
      return Section.of(HEADING, "libraries", "cannot be looked for: " + e);
    }
    return of(libraries, cards(libraries), KernelCache.ofUser());
  }

  /** Libraries, what there is to say about cards, and where kernels are kept. */
  static Section of(CudaLibraries libraries, List<Finding> cards, KernelCache cache) {
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
    findings.add(
        new Finding(
            "kernel cache",
            String.format(
                Locale.ROOT,
                "%s, %d files, %.1f MB (held below %d)",
                cache.folder(),
                cache.files(),
                cache.bytes() / MEGA,
                KernelCache.MOST_BYTES >> 20)));
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
      String need = part.library().isOfEveryCard() ? "" : "; only several cards need it";
      return new Finding(
          name, "missing " + missing + need + "; " + part.library().remedy() + others);
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
      return findings(CudaCards.all(libraries), libraries.part(CudaLibrary.NCCL).isFound());
    } catch (RuntimeException | LinkageError e) {
      return List.of(
          new Finding(
              "card", "cannot be used: " + KernelSections.oneLine(String.valueOf(e.getMessage()))));
    }
  }

  /** What there is to say about cards: each of them, and how many can train together. */
  static List<Finding> findings(List<CudaCard> cards, boolean canExchange) {
    if (cards.isEmpty()) {
      return List.of(new Finding("card", "none: look at nvidia-smi and CUDA_VISIBLE_DEVICES"));
    }
    ImmutableList.Builder<Finding> all = ImmutableList.builder();
    cards.forEach(card -> all.add(finding(card)));
    long fit = cards.stream().filter(CudaCard::isNewEnough).count();
    if (fit > 1) {
      all.add(
          new Finding(
              "workers",
              canExchange
                  ? fit + " cards train together by --workers cards:" + fit
                  : fit + " cards, each by itself: NCCL, by which they exchange, is missing"));
    }
    return all.build();
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
