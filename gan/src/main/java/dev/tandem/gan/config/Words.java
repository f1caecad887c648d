package dev.tandem.gan.config;

import com.google.common.base.CaseFormat;
import java.util.Locale;

/** The words of files for names and numbers. */
final class Words {

  private Words() {}

  /** A component as a key: {@code keepLargest} as {@code keep_largest}. */
  static String key(String component) {
    return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, component);
  }

  /** An enum constant. */
  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A number from which the same one can be read, also by readers that want a point and a sign. */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    return Double.toString(value).replace("E-", "e-").replaceFirst("E(?=\\d)", "e+");
  }
}
