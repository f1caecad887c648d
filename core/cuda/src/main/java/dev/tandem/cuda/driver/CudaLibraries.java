package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.cuda.device.DeviceException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a card needs on this machine, found or missing. Looking loads nothing: a library that is not
 * there is not to be asked for, as that may end the process.
 *
 * @param platform the system and processor, as in {@code linux-x86_64}
 * @param parts one for each {@link CudaLibrary}, in its order
 * @param places where was looked
 */
public record CudaLibraries(
    String platform, ImmutableList<CudaPart> parts, ImmutableList<String> places) {

  /** The one platform that there is code for. */
  public static final String PLATFORM = "linux-x86_64";

  /**
   * Looks for the libraries in {@code java.library.path}, {@code LD_LIBRARY_PATH}, the system's
   * list of libraries, and folders of CUDA toolkits under {@code /usr/local}, in this order.
   */
  public static CudaLibraries find() {
    return find(LibrarySearch.platform(), LibrarySearch.ofThisMachine());
  }

  static CudaLibraries find(String platform, LibrarySearch search) {
    ImmutableList.Builder<CudaPart> parts = ImmutableList.builder();
    for (CudaLibrary library : CudaLibrary.values()) {
      ImmutableMap.Builder<String, Path> found = ImmutableMap.builder();
      for (String file : library.files()) {
        search.find(file).ifPresent(path -> found.put(file, path));
      }
      ImmutableMap<String, Path> files = found.buildOrThrow();
      String first = library.mainFile();
      parts.add(
          new CudaPart(
              library,
              files,
              files.containsKey(first) ? ImmutableList.of() : search.others(first)));
    }
    return new CudaLibraries(platform, parts.build(), search.places());
  }

  /** One of them. */
  public CudaPart part(CudaLibrary library) {
    return parts.stream().filter(part -> part.library() == library).findFirst().orElseThrow();
  }

  /** Whether nothing is missing. */
  public boolean isComplete() {
    return isPlatform() && missing().isEmpty();
  }

  /** Whether there is code for this system and processor. */
  public boolean isPlatform() {
    return platform.equals(PLATFORM);
  }

  /** What is missing of what every card needs. */
  public ImmutableList<CudaPart> missing() {
    return parts.stream()
        .filter(part -> part.library().isOfEveryCard() && !part.isFound())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Says that all is there.
   *
   * @throws DeviceException if not; names all that is missing, what to install, and where was
   *     looked
   */
  public void require() {
    if (!isPlatform()) {
      throw new DeviceException(
          "cards are driven on " + PLATFORM + " alone, and this is " + platform + "; use the cpu");
    }
    if (!missing().isEmpty()) {
      throw refusal("no card can be used here, as libraries are missing:", missing());
    }
  }

  /**
   * Says that what several cards need is there, too.
   *
   * @throws DeviceException if not; names all that is missing, what to install, and where was
   *     looked
   */
  public void requireForSeveral() {
    require();
    CudaPart nccl = part(CudaLibrary.NCCL);
    if (!nccl.isFound()) {
      throw refusal("several cards cannot exchange here, as a library is missing:", List.of(nccl));
    }
  }

  private DeviceException refusal(String begin, List<CudaPart> lacking) {
    StringBuilder text = new StringBuilder(begin);
    lacking.forEach(part -> text.append("\n  ").append(part.describe()));
    return new DeviceException(
        text.append("\nlooked in ")
            .append(String.join(", ", places))
            .append(
                "; install what is missing, or name its folder in LD_LIBRARY_PATH before Java"
                    + " starts; the engine \"cpu\" needs none of it")
            .toString());
  }
}
