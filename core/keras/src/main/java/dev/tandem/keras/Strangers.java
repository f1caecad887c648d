package dev.tandem.keras;

import java.nio.charset.StandardCharsets;

/** What files are that Keras did not write, by their first bytes. */
final class Strangers {

  private Strangers() {}

  /** What it is, and the next step. */
  static String describe(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (head.length == 0) {
      return "is empty; copy or save it again";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "is a pointer of Git LFS, not the file itself; fetch it with \"git lfs pull\"";
    }
    if (text.startsWith("{")) {
      return "is JSON, an architecture without weights perhaps (model.to_json()); save the whole"
          + " model in Keras with model.save(\"model.keras\")";
    }
    if (text.startsWith("<")) {
      return "is a page of HTML or XML, perhaps what a server answered instead of the file;"
          + " download it again";
    }
    if (text.startsWith("\u0093NUMPY")) {
      return "is a NumPy array; give the file that model.save(...) wrote in Keras";
    }
    return "is neither a .keras file (zip) nor an .h5 file (HDF5); give the file that"
        + " model.save(...) or model.save_weights(...) wrote in Keras";
  }
}
