import { describe, expect, test } from "vitest";
import {
  element,
  htmlDocument,
  htmlText,
  type HtmlContent,
  type HtmlTag,
} from "../../../src/core/evidence/html-text.ts";
import { Random } from "../../fuzz/random.ts";

const written = (content: HtmlContent): string => [...htmlText(content)].join("");
const head = { language: "it", title: "Rapporto", style: "p { margin: 0 }\n" };

/** What a browser makes of text without tags in it. */
function readText(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

const HOSTILE = [
  "<script>alert(1)</script>",
  "</p><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  "<!--",
  "]]>",
  "&lt;b&gt; & &amp;lt; &#60;",
  "</style></title><iframe src=//esempio.it>",
  "``${alert(1)}",
  "a\tb\nc",
];

describe("text of the report", () => {
  test.each(HOSTILE)("%j is read as it was", (text) => {
    const html = written(element("p", { title: text }, text));
    const parts = /^<p title="([^"<>]*)">([^<>]*)<\/p>\n$/.exec(html);
    expect(readText(parts?.[1] ?? "")).toBe(text);
    expect(readText(parts?.[2] ?? "")).toBe(text);
  });

  test("any text at all stays text, in content and in attributes", () => {
    const alphabet = [..."<>&\"'`=/!-;#x3cabc \n\t\\{}$", "</", "-->", "&#", "\u202e", "\u{1f600}", "è"];
    for (let run = 0; run < 2_000; run += 1) {
      const random = new Random(20_261_129, run);
      const text = Array.from({ length: random.below(40) }, () => random.pick(alphabet)).join("");
      const parts = /^<td class="([^"<>]*)">([^<>]*)<\/td>\n$/.exec(written(element("td", { class: text }, text)));
      expect(readText(parts?.[1] ?? "none"), text).toBe(text);
      expect(readText(parts?.[2] ?? "none"), text).toBe(text);
    }
  });

  test("what HTML cannot hold is replaced, and line ends are one", () => {
    expect(written("a\u0000b\u0007c\u009fd\ud800e\uffff")).toBe("a\ufffdb\ufffdc\ufffdd\ufffde\ufffd");
    expect(written("a\r\nb\rc")).toBe("a\nb\nc");
  });

  test("a line break at the beginning of a block is kept", () => {
    expect(written(element("pre", {}, "\nfirst"))).toBe("<pre>\n\nfirst</pre>\n");
  });
});

describe("elements of the report", () => {
  test("nest, and are written while they are made", () => {
    const made: number[] = [];
    const rows = function* () {
      for (let row = 0; row < 3; row += 1) {
        made.push(row);
        yield element("tr", {}, [element("td", {}, String(row))]);
      }
    };
    const pieces = htmlText(element("tbody", {}, rows()));
    const text: string[] = [];
    while (!text.join("").includes("<td>0")) text.push(pieces.next().value ?? "");
    expect(made).toEqual([0]);
    expect([...text, ...pieces].join("")).toBe(
      "<tbody><tr><td>0</td>\n</tr>\n<tr><td>1</td>\n</tr>\n<tr><td>2</td>\n</tr>\n</tbody>\n",
    );
  });

  test.each(["script", "iframe", "img", "a", "link", "style", "object", "svg", "form", "p><script"])(
    "<%s> cannot be made",
    (tag) => {
      expect(() => written(element(tag as HtmlTag, {}, "text"))).toThrow(TypeError);
    },
  );

  test.each(["onclick", "href", "src", "style", "x><script>"])("the attribute %s cannot be set", (name) => {
    expect(() => written(element("p", { [name]: "value" }))).toThrow(TypeError);
  });
});

describe("the file", () => {
  test("stands by itself: nothing in it runs, or refers to anything outside", () => {
    const html = [...htmlDocument({ ...head, title: HOSTILE.join(" ") }, HOSTILE)].join("");
    expect(html).toMatch(/^<!doctype html>\n<html lang="it">\n<head>\n<meta charset="utf-8">\n/);
    expect(html.match(/<[a-z!][^>]*>/g)?.map((tag) => tag.replace(/[ >].*/s, ""))).toEqual([
      "<!doctype",
      "<html",
      "<head",
      "<meta",
      "<meta",
      "<meta",
      "<meta",
      "<title",
      "<style",
      "<body",
    ]);
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
  });

  test.each(["</style>", "@import 'x.css';", "p { background: url(x) }", "p { background: \\75rl(x) }"])(
    "a style sheet with %j is refused",
    (style) => {
      expect(() => [...htmlDocument({ ...head, style }, [])]).toThrow(TypeError);
    },
  );
});
