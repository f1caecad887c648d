package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Embeddings; a bias, which each row gets alike, becomes part of the table. */
record EmbeddingPart(
    boolean sequence, int rows, int size, boolean bias, @Nullable Activation activation)
    implements Part {

  static EmbeddingPart of(Section conf) {
    return new EmbeddingPart(
        conf.type().equals("EmbeddingSequenceLayer"),
        conf.size("nin"),
        conf.size("nout"),
        conf.flag("hasBias", false),
        ActivationReader.read(conf, "activationFn"));
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>(List.of(new Param("W", 'f', rows, size)));
    if (bias) {
      params.add(Param.row("b", size));
    }
    return params;
  }

  @Override
  public String becomes() {
    return "Embedding";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.INTEGERS);
    INDArray table = site.array("W");
    if (bias) {
      table = table.addRowVector(site.array("b"));
      site.note("its bias is added to each row of the table");
    }
    Embedding embedding = Embedding.of(rows, size);
    if (table.dataType() == DataType.DOUBLE) {
      embedding = embedding.dtype(DataType.DOUBLE);
    }
    embedding = site.main(embedding);
    SymbolicTensor y = embedding.apply(x.tensor());
    site.fill(embedding, "embeddings", table);
    if (activation != null) {
      y = site.helper("activation", ActivationLayer.of(activation)).apply(y);
    }
    return new Flow(
        y, sequence ? Form.SEQUENCE : Form.ROW, ActivationReader.isAtLeastZero(activation));
  }
}
