package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.data.table.TableColumn.category;
import static dev.tandem.core.data.table.TableColumn.number;
import static dev.tandem.core.loss.Losses.meanSquaredError;
import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;
import static dev.tandem.gan.objective.loss.AdversarialLosses.wasserstein;
import static dev.tandem.gan.objective.penalty.Penalties.gradientPenalty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.table.CsvFile;
import dev.tandem.core.data.table.Missing;
import dev.tandem.core.data.table.TableEncoding;
import dev.tandem.core.data.table.TableSchema;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the page on data says of tables. */
class TablesTest {

  private static final int ROWS = 400;

  @TempDir private Path folder;

  /** Flats: the price follows from area and district, whether they are sold from the price. */
  private Path flats() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("id,area,year,heating,district,price,sold\n");
    for (int i = 0; i < ROWS; i++) {
      int area = 30 + random.nextInt(90);
      int district = random.nextInt(3);
      int price = 2 * area + 60 * district;
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%s,%s,%d,%s%n",
              i,
              area,
              i % 9 == 0 ? "NA" : Integer.toString(1950 + random.nextInt(70)),
              random.nextBoolean() ? "gas" : "district heating",
              List.of("north", "south", "west").get(district),
              price,
              price < 210 ? "yes" : "no"));
    }
    return Files.writeString(folder.resolve("flats.csv"), text);
  }

  @Test
  void tableWithTwoHeads_learnsBoth() throws IOException {
    Path flats = flats();
    Path saved = folder.resolve("flats.json");
    // region heads
    CsvFile.Parts parts = CsvFile.of(flats).missing("NA").split(.8, 1);
    TableEncoding encoding =
        TableSchema.empty()
            .input(
                "features",
                number("area").standardized(),
                number("year").standardized().missing(Missing.median().flagged()),
                category("heating").oneHot())
            .input("district", category("district").allowingUnknown())
            .target("price", number("price").standardized())
            .target("sold", category("sold"))
            .fit(parts.first()); // to the rows to train with, and no others
    encoding.notes().forEach(System.out::println); // not used: id

    Input features = Input.of("features", encoding.width("features"));
    Input district = Input.of("district", Shape.scalar(), DataType.INT32);
    int districts = encoding.categories("district").size(); // with one for unknown ones
    SymbolicTensor where = Embedding.of(districts, 4).apply(district);
    SymbolicTensor trunk =
        Dense.units(32).activation(relu()).apply(Concatenate.of().apply(features, where));
    Dense price = Dense.units(1).named("price");
    Dense sold = Dense.units(encoding.categories("sold").size()).named("sold");
    Model model =
        Model.of(
            "flats", List.of(features, district), List.of(price.apply(trunk), sold.apply(trunk)));
    Trainer trainer =
        model
            .initialize(1)
            .compile(
                Training.with(Adam.rate(1e-2))
                    .loss("price", meanSquaredError())
                    .loss("sold", sparseCategoricalCrossentropy().fromLogits())
                    .metrics("sold", accuracy())
                    .seed(1));
    trainer.fit(encoding.dataset(parts.first()), Fit.epochs(20).batchSize(32));
    Map<String, Double> result = trainer.evaluate(encoding.dataset(parts.rest()), 80);
    // endregion
    assertThat(result.get("sold_accuracy")).isGreaterThan(.9);
    assertThat(result.get("price_loss")).isLessThan(.02);
    // region serve
    encoding.save(saved); // beside the model
    TableEncoding loaded = TableEncoding.load(saved);
    Predictor predictor = Predictor.of(model);
    Map<String, INDArray> predicted =
        predictor.predict(
            loaded.inputs(Map.of("area", 60, "year", 1987, "heating", "gas", "district", "west")));
    Object kind = loaded.decode("sold", predicted.get("sold")).get(0).get("sold"); // no
    Object euros = loaded.decode("price", predicted.get("price")).get(0).get("price"); // 240.69…
    // endregion
    assertThat(kind).isEqualTo("no");
    assertThat((double) euros).isBetween(225., 255.);
  }

  @Test
  void rows_ofATabularGan_areLikeThoseOfTheTable() throws IOException {
    CsvFile file = CsvFile.of(flats()).missing("NA");
    Path out = folder.resolve("made.csv");
    // region gan
    TableEncoding encoding =
        TableSchema.empty()
            .input(
                "row",
                number("area").standardized(),
                number("price").standardized(),
                category("district").oneHot(),
                category("sold").oneHot())
            .fit(file);
    Dataset rows = encoding.dataset(file);
    int width = encoding.width("row");
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 8),
            Dense.units(64).activation(relu()),
            Dense.units(64).activation(relu()),
            Dense.units(width)); // no tanh: standardized numbers have no bounds
    Model critic =
        Model.sequential(
            "critic",
            Input.of("row", width),
            Dense.units(64).activation(leakyRelu(.2)),
            Dense.units(64).activation(leakyRelu(.2)),
            Dense.units(1));
    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(8));
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(wasserstein()).penalty(gradientPenalty(1)))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(1e-3).beta1(0).beta2(.9)))
            .schedule(Alternation.alternating().discriminatorSteps(3))
            .batch(64)
            .seed(1);
    try (AdversarialTrainer trainer = recipe.start(rows)) {
      trainer.train(400);
      INDArray samples = trainer.sample(1000, 2);
      CsvFile.of(out).write(encoding.decode("row", samples)); // area,price,district,sold
    }
    // endregion
    assertThat(CsvFile.of(out).columns()).containsExactly("area", "price", "district", "sold");
    Dataset made = encoding.dataset(CsvFile.of(out));
    INDArray real = rows.input("row").mean(0);
    assertThat(made.input("row").mean(0).distance2(real)).isLessThan(.4);
    assertThat(error(out)).isLessThan(25); // prices drawn apart from these: about 70
  }

  /** By how much prices differ from what area and district make them, in the mean. */
  private static double error(Path file) {
    TableSchema plain =
        TableSchema.empty()
            .input("numbers", number("area"), number("price"))
            .input("district", category("district"));
    Dataset rows = plain.fit(CsvFile.of(file)).dataset(CsvFile.of(file));
    INDArray areas = rows.input("numbers").getColumn(0);
    INDArray prices = rows.input("numbers").getColumn(1);
    INDArray districts = rows.input("district").castTo(DataType.FLOAT);
    INDArray expected = areas.mul(2).add(districts.mul(60));
    return prices.sub(expected).norm1Number().doubleValue() / rows.size();
  }
}
