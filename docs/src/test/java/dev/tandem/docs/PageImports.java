package dev.tandem.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The imports that the code on a page needs: those of the snippets' tests whose names the snippets
 * use. A page shows them in one block, marked {@code <!-- imports -->}.
 */
final class PageImports {

  static final Pattern BLOCK =
      Pattern.compile("<!-- imports -->\\s*```java\\R(.*?)```", Pattern.DOTALL);

  private static final Pattern IMPORT =
      Pattern.compile("^import (static )?[\\w.]*?(\\w+);$", Pattern.MULTILINE);

  private PageImports() {}

  /** The imports of a page's snippets, static ones first, as a formatter sorts them. */
  static List<String> of(Path page, List<Snippets.Snippet> snippets) {
    Set<String> statics = new TreeSet<>();
    Set<String> types = new TreeSet<>();
    for (Snippets.Snippet snippet : snippets) {
      if (!snippet.page().equals(page) || snippet.shown().contains("\nimport ")) {
        continue;
      }
      Matcher matcher = IMPORT.matcher(Snippets.read(snippet.source()));
      while (matcher.find()) {
        if (uses(snippet.shown(), matcher.group(2))) {
          (matcher.group(1) == null ? types : statics).add(matcher.group());
        }
      }
    }
    List<String> all = new ArrayList<>(statics);
    all.addAll(types);
    return all;
  }

  private static boolean uses(String code, String name) {
    String text =
        code.lines().map(line -> line.replaceFirst("//.*", "")).collect(Collectors.joining("\n"));
    return Pattern.compile("(?<![.\\w])" + name + "\\b").matcher(text).find();
  }

  /** The block as it stands in a page. */
  static String block(List<String> imports) {
    return "<!-- imports -->\n```java\n" + String.join("\n", imports) + "\n```";
  }
}
