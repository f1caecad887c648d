package dev.tandem.gan.config;

/** Keys that files of earlier versions have, in those of now. */
final class EarlierKeys {

  private static final String METRICS = "metrics";
  private static final String FID = "fid";
  private static final String MEASURED = "measured";

  private EarlierKeys() {}

  /** A tree in keys of now: {@code metrics.fid}, samples of FID at the end, was one of its own. */
  static Node.Branch replaced(Node.Branch tree) {
    if (!(tree.get(METRICS) instanceof Node.Branch metrics)
        || !(metrics.get(FID) instanceof Node.Scalar fid)) {
      return tree;
    }
    long samples = Scalars.whole(METRICS + "." + FID, fid);
    Node.Branch now = metrics.without(FID);
    if (samples > 0) {
      String last = text(samples);
      String text =
          metrics.get(MEASURED) instanceof Node.Scalar others && !others.isNone()
              ? others.text() + "," + last
              : last;
      now = now.with(MEASURED, fid.place(), new Node.Scalar(text, fid.place()));
    }
    return tree.with(METRICS, metrics.place(), now);
  }

  /** Refuses a change of a key that there is no more. */
  static void refuse(String path, String value, String origin) {
    if (path.equals(METRICS + "." + FID)) {
      throw Place.of(origin)
          .error(
              "there is no "
                  + path
                  + " any more; set "
                  + METRICS
                  + "."
                  + MEASURED
                  + "="
                  + text(value));
    }
  }

  private static String text(Object samples) {
    return FID + ":" + samples + "@end";
  }
}
