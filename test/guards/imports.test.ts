import { describe, expect, test } from "vitest";
import { judgeImport, ONE_FILE_LIBRARIES } from "./judge-import.ts";
import { importsOf, parse, sourceFiles } from "./source-files.ts";

const files = sourceFiles().map(({ path, tree }) => ({ path, imports: importsOf(tree) }));

describe("imports run one way", () => {
  test("every import of the source follows the rules", () => {
    const wrong = files.flatMap(({ path, imports }) => imports.map((each) => judgeImport(path, each)));
    expect(wrong.filter((problem) => problem !== null)).toEqual([]);
  });

  test.each(ONE_FILE_LIBRARIES)("%s is imported in one file", (library) => {
    const users = files.filter(({ imports }) => imports.some(({ specifier }) => specifier === library));
    expect(users.map(({ path }) => path)).toHaveLength(1);
  });

  test("asn1js is imported below the decoders, in core/pki", () => {
    const users = files.filter(({ imports }) => imports.some(({ specifier }) => specifier === "asn1js"));
    expect(users.map(({ path }) => path)).toEqual([
      "src/core/pki/asn1-values.ts",
      "src/core/pki/asn1.ts",
      "src/core/pki/verify-signature.ts",
    ]);
  });
});

describe("the rules themselves", () => {
  test.each([
    ["src/core/cms/read.ts", "../../ports/clock.ts", true],
    ["src/core/cms/read.ts", "node:crypto", false],
    ["src/core/cms/read.ts", "pkijs", false],
    ["src/ports/clock.ts", "../app/show.ts", true],
    ["src/ports/clock.ts", "../core/index.ts", false],
    ["src/app/show.ts", "../thunderbird/tabs.ts", true],
    ["src/app/show.ts", "../core/mime/parse-mime.ts", false],
    ["src/app/show.ts", "../core/mime/parse-mime.ts", true],
    ["src/thunderbird/tabs.ts", "../app/show.ts", true],
    ["src/background/background.ts", "../pages/message/message.ts", true],
    ["src/background/background.ts", "../core/verdict/inspect.ts", false],
    ["src/pages/message/message.ts", "../../core/index.ts", false],
    ["src/pages/message/message.ts", "../../thunderbird/messenger.ts", false],
    ["src/pages/message/message.ts", "../../app/show.ts", true],
    ["src/app/show.ts", "webextension-polyfill", false],
    ["src/app/show.ts", "left-pad", false],
    ["src/elsewhere.ts", "./messages.ts", true],
  ])("%s may not import %s (types only: %s)", (file, specifier, typeOnly) => {
    expect(judgeImport(file, { specifier, typeOnly })).not.toBeNull();
  });

  test("all forms of import are seen", () => {
    const text = `import type { A } from "./a.ts"; import b from "./b.ts"; export * from "./c.ts"; await import("./d.ts"); import "./e.ts"; export type { F } from "./f.ts";`;
    expect(importsOf(parse("x.ts", text)).map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual(
      expect.arrayContaining([
        ["./a.ts", true],
        ["./b.ts", false],
        ["./c.ts", false],
        ["./d.ts", false],
        ["./e.ts", false],
        ["./f.ts", true],
      ]),
    );
  });
});
