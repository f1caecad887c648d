package dev.tandem.gan.step;

import com.google.common.base.CaseFormat;
import dev.tandem.core.model.Model;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.HashSet;
import java.util.Set;

/** The names under which the terms of one step are reported: each once, and none that a net has. */
final class TermNames {

  private final Set<String> taken = new HashSet<>();

  private TermNames() {}

  /** The names of a step in which the nets of a pair are called. */
  static TermNames beside(AdversarialPair pair) {
    TermNames names = new TermNames();
    for (Model side : new Model[] {pair.generator(), pair.discriminator()}) {
      names.taken.add(side.name());
      side.models().forEach(model -> names.taken.add(model.name()));
    }
    return names;
  }

  /**
   * The name of a term by its class, as {@code le_cam} of LeCam.
   *
   * @param otherwise the name of what has a class without one, such as a lambda
   */
  static String of(Object term, String otherwise) {
    Class<?> type = term.getClass();
    return type.isHidden() || type.isSynthetic() || type.isAnonymousClass()
        ? otherwise
        : CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, type.getSimpleName());
  }

  /** The name, or if it was given before with a number behind it; not given again. */
  String free(String name) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }
}
