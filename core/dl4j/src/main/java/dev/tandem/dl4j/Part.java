package dev.tandem.dl4j;

import java.util.List;

/** What a step becomes: read from its settings, with nothing built yet. */
interface Part {

  /** The arrays that it takes from the file, in their order there. */
  default List<Param> params() {
    return List.of();
  }

  /** What becomes of it, for the report, as in {@code Dense}. */
  String becomes();

  /** Draws it behind its inputs. */
  Flow build(Site site, List<Flow> inputs);
}
