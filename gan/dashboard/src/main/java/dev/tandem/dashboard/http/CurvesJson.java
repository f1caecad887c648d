package dev.tandem.dashboard.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.dashboard.run.Curves;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Curves in as few characters as do: values as floats, and null for what is none. */
final class CurvesJson {

  private static final JsonFactory JSON = new JsonFactory();

  private CurvesJson() {}

  static byte[] bytes(Curves curves) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("rows", curves.rows());
      json.writeArrayFieldStart("x");
      for (double place : curves.x()) {
        write(json, place);
      }
      json.writeEndArray();
      write(json, "values", curves.values());
      write(json, "smooth", curves.smooth());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, String name, Map<String, double[]> curves)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, double[]> curve : curves.entrySet()) {
      json.writeArrayFieldStart(curve.getKey());
      for (double value : curve.getValue()) {
        if (Double.isNaN(value)) {
          json.writeNull();
        } else {
          json.writeNumber((float) value);
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, double place) throws IOException {
    if (place == Math.rint(place)) {
      json.writeNumber((long) place);
    } else {
      json.writeNumber(place);
    }
  }
}
