package dev.tandem.gan.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one document of YAML, of which JSON is a part, into nodes. */
final class YamlReader {

  private static final YAMLFactory FACTORY = new YAMLFactory();
  private static final Pattern CONTEXT =
      Pattern.compile("(?s)^(while .*?\\n)?.*?\\n?([^\\n]+)\\n in '.*");

  private final YAMLParser parser;
  private final String source;
  private final boolean hasLines;

  private YamlReader(YAMLParser parser, String source, boolean hasLines) {
    this.parser = parser;
    this.source = source;
    this.hasLines = hasLines;
  }

  /**
   * The keys of a document; none of an empty one.
   *
   * @param source what messages call it
   * @throws ConfigException if it is no document of keys; says where
   */
  static Node.Branch document(String text, String source) {
    Node node = read(text, source, true);
    if (node instanceof Node.Branch branch) {
      return branch;
    }
    if (node instanceof Node.Scalar scalar && scalar.isNone()) {
      return Node.Branch.empty(scalar.place());
    }
    throw node.place().error("a config begins with keys, as in \"batch: 64\"");
  }

  /**
   * One value, as in an option.
   *
   * @param source what messages call it
   */
  static Node value(String text, String source) {
    return read(text, source, false);
  }

  private static Node read(String text, String source, boolean hasLines) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      YamlReader reader = new YamlReader(parser, source, hasLines);
      if (parser.nextToken() == null) {
        return Node.Scalar.none(new Place(source, hasLines ? 1 : 0, 1));
      }
      Node node = reader.node();
      if (parser.nextToken() != null) {
        throw reader.place().error("there is more than one document; a run has one");
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Place place =
          at == null || !hasLines
              ? Place.of(source)
              : new Place(source, at.getLineNr(), at.getColumnNr());
      throw new ConfigException("is no YAML: " + problem(e) + " (" + place + ")", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a message of several lines with a picture of the text the sentence. */
  private static String problem(JsonProcessingException e) {
    String message = e.getOriginalMessage().strip();
    Matcher last = CONTEXT.matcher(message);
    return last.matches() ? last.group(2).strip() : message.lines().findFirst().orElse("");
  }

  private Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return hasLines ? new Place(source, at.getLineNr(), at.getColumnNr()) : Place.of(source);
  }

  /** The value at the current token. */
  private Node node() throws IOException {
    Place place = place();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return branch(place);
    }
    if (token == JsonToken.START_ARRAY) {
      ImmutableList.Builder<Node> list = ImmutableList.builder();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(node());
      }
      return new Node.Items(list.build(), place);
    }
    String text = Objects.requireNonNull(parser.getText());
    if (parser.isCurrentAlias()) {
      throw place.error(
          "*" + text + " refers to another value, which configs cannot; write it out");
    }
    return new Node.Scalar(text, place);
  }

  private Node.Branch branch(Place place) throws IOException {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place at = place();
      parser.nextToken();
      Node.Member earlier = members.put(key, new Node.Member(at, node()));
      if (earlier != null) {
        throw at.error("key " + key + " stands there twice, first in line " + earlier.at().line());
      }
    }
    return new Node.Branch(ImmutableMap.copyOf(members), place);
  }
}
