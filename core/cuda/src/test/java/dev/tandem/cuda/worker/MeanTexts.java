package dev.tandem.cuda.worker;

import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kernels by which workers make means. */
public final class MeanTexts {

  private MeanTexts() {}

  /** Those of both types, by name. */
  public static Map<String, KernelText> all() {
    Map<String, KernelText> all = new TreeMap<>();
    for (CType type : List.of(CType.FLOAT, CType.DOUBLE)) {
      KernelText text = MeanKernel.of(type, 256, 512, 64, 1024, 64, 2, 1).kernel();
      all.put(text.name(), text);
    }
    return all;
  }
}
