package dev.tandem.keras;

import java.util.List;

/** Where the arrays of a model lie in an HDF5 file. */
interface Layout {

  static Layout of(SavedFile file) {
    return file.isKeras3() ? new Keras3Layout(file.hdf5().root()) : new LegacyLayout(file);
  }

  /** Finds arrays for a model that has the structure of the saved one: by class and order. */
  void byOrder(WeightNode model, Assignment assignment);

  /** Finds arrays by the names of layers. */
  void byName(WeightNode model, Assignment assignment);

  /** The arrays of layers that no weight has taken. */
  List<StoredArray> unclaimed(Assignment assignment);
}
