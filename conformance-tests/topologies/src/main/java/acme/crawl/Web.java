package acme.crawl;

import java.util.ArrayList;
import java.util.List;

/**
 * The web to crawl: a page is a path such as {@code s4/0/2}; it links to three pages below it, four
 * levels in all, and back to the page above it. What ends in {@code /2/2} is behind a robots rule.
 */
final class Web {
  private static final int LEVELS = 4;

  private Web() {}

  static List<String> links(String page) {
    List<String> links = new ArrayList<>();
    String[] parts = page.split("/");
    if (parts.length > 1) {
      links.add(page.substring(0, page.lastIndexOf('/')));
    }
    if (parts.length < LEVELS) {
      for (int child = 0; child < 3; child++) {
        links.add(page + "/" + child);
      }
    }
    return links;
  }

  static boolean allowed(String page) {
    return !page.endsWith("/2/2");
  }
}
