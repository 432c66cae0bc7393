// Belongs here: a batch as a report for people: one HTML file, to be read and printed anywhere.
// Does NOT belong here: writing HTML (see core/evidence/html-text.ts), wording (see _locales), which rows.
import { element, type HtmlContent, htmlDocument, type HtmlElement } from "../evidence/html-text.ts";
import { visibleCharacters } from "../text/visible-characters.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import { batchReasonKey, batchWord, type BatchRow, isVouchedFor } from "./batch-row.ts";
import { batchKindKey, batchPlaceText, certifiedTimeText, type Words } from "./batch-words.ts";

export interface BatchReportFacts {
  /** Milliseconds UTC. */
  readonly createdAt: number;
  /** What was looked through: a folder, files. */
  readonly sources: readonly string[];
  /** Messages looked at, of which `rows` may be a part. */
  readonly inspected: number;
  /** It was stopped before its end. */
  readonly isPartial: boolean;
  readonly authorities: TrustedAuthorities;
  /** Lists and answers on revocation at hand. */
  readonly revocationData: number;
}

/** Verdicts in the order of the summary: the worst first. */
const WORDS = [
  "not-valid",
  "cannot-be-verified",
  "failed",
  "sealed-with-remarks",
  "sealed",
  "neutral",
  "none",
] as const;

const STYLE = `
body { margin: 2em auto; max-width: 78em; padding: 0 1em; color: #1b1c20; background: #fff; font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.6em; margin: 0 0 .5em; }
h2 { font-size: 1.15em; margin: 1.6em 0 .4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.2em; margin: 0; }
dt { color: #55595f; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #c9cdd3; padding: .3em .8em .3em 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: #55595f; font-weight: 600; }
td.count { text-align: right; white-space: nowrap; }
.summaries { display: flex; flex-wrap: wrap; gap: 1em 4em; align-items: start; }
table.summary { width: auto; min-width: 22em; }
table.rows { table-layout: fixed; }
table.rows th:nth-child(1) { width: 3.5em; }
table.rows th:nth-child(2), table.rows th:nth-child(4) { width: 12%; }
table.rows th:nth-child(3) { width: 11%; }
table.rows th:nth-child(5) { width: 16%; }
table.rows th:nth-child(6) { width: 17%; }
.not-valid > strong { color: #b3131b; }
.cannot-be-verified > strong, .failed > strong { color: #8a5300; }
.sealed > strong, .sealed-with-remarks > strong { color: #146c2e; }
.declared { font-style: italic; }
small, .muted { color: #55595f; }
code { font: 0.85em ui-monospace, monospace; overflow-wrap: anywhere; }
footer { margin-top: 2em; border-top: 1px solid #c9cdd3; padding-top: .6em; color: #55595f; }
@media print { body { margin: 0; max-width: none; font-size: 9.5pt; } h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } }
@page { size: A4 landscape; margin: 14mm; }
`;

/** The whole file, piece by piece; `rows` are gone through more than once. */
export function* batchReport(
  rows: readonly BatchRow[],
  facts: BatchReportFacts,
  words: Words,
): Generator<string, void, undefined> {
  const title = words("batch_report_title", [count(rows.length, words)]);
  const head = { language: words("locale_tag"), title, style: STYLE };
  yield* htmlDocument(head, [
    element("main", {}, [
      element("h1", {}, title),
      drawFacts(rows, facts, words),
      element("h2", {}, words("batch_report_summary")),
      drawSummary(rows, words),
      element("h2", {}, words("batch_report_messages")),
      element("table", { class: "rows" }, drawRows(rows, words)),
      drawAuthorities(facts.authorities, words),
      element(
        "footer",
        {},
        ["batch_report_meaning", "batch_report_declared", "batch_report_no_proof"].map((key) =>
          element("p", {}, words(key)),
        ),
      ),
    ]),
  ]);
}

function drawFacts(rows: readonly BatchRow[], facts: BatchReportFacts, words: Words): HtmlElement {
  const { createdAt, sources, inspected, isPartial, revocationData } = facts;
  const fact = (key: string, ...content: readonly HtmlContent[]): readonly HtmlElement[] => [
    element("dt", {}, words(key)),
    element("dd", {}, content),
  ];
  const isDoubtful = rows.some((row) => row.isDoubtful);
  return element("dl", {}, [
    ...fact("batch_report_created", `${new Date(createdAt).toISOString().slice(0, 19).replace("T", " ")} UTC`),
    ...fact(
      "batch_report_sources",
      ...sources.flatMap((source, index) => [index === 0 ? null : ", ", foreign(source)]),
    ),
    ...fact(
      "batch_report_inspected",
      rows.length === inspected
        ? count(inspected, words)
        : words("batch_report_part", [count(rows.length, words), count(inspected, words)]),
    ),
    ...(isPartial ? fact("batch_report_state", element("strong", {}, words("batch_report_partial"))) : []),
    ...fact(
      "batch_report_revocation",
      revocationData === 0
        ? words("batch_report_revocation_none")
        : words("batch_report_revocation_some", [count(revocationData, words)]),
    ),
    ...(isDoubtful ? fact("batch_report_doubtful", words("batch_report_doubtful_explained")) : []),
  ]);
}

function drawSummary(rows: readonly BatchRow[], words: Words): HtmlElement {
  const byWord = countBy(rows, batchWord);
  const byKind = countBy(rows, kindKeyOf);
  const line = (label: HtmlContent, value: number, name: string): HtmlElement =>
    element("tr", {}, [
      element("td", { class: name }, [label]),
      element("td", { class: "count" }, count(value, words)),
    ]);
  const table = (lines: readonly HtmlElement[]): HtmlElement =>
    element("table", { class: "summary" }, [element("tbody", {}, lines)]);
  const verdicts = WORDS.filter((word) => byWord.has(word));
  return element("section", { class: "summaries" }, [
    table(verdicts.map((word) => line(element("strong", {}, wordText(word, words)), byWord.get(word) ?? 0, word))),
    table([...byKind].map(([key, value]) => line(words(key), value, "kind"))),
  ]);
}

function* drawRows(rows: readonly BatchRow[], words: Words): Generator<HtmlContent> {
  const columns = ["number", "verdict", "kind", "date", "subject", "from", "place"];
  yield element("thead", {}, [
    element(
      "tr",
      {},
      columns.map((column) => element("th", { scope: "col" }, words(`batch_column_${column}`))),
    ),
  ]);
  yield element("tbody", {}, linesOf(rows, words));
}

function* linesOf(rows: readonly BatchRow[], words: Words): Generator<HtmlContent> {
  let number = 0;
  for (const row of rows) {
    number += 1;
    yield drawRow(row, number, words);
  }
}

function drawRow(row: BatchRow, number: number, words: Words): HtmlElement {
  const { outcome } = row;
  const word = batchWord(row);
  const reason = batchReasonKey(row);
  const inspected = outcome.state === "inspected" ? outcome : null;
  // That revocation was not asked is said of all of them at the top.
  const remarks = (inspected?.remarks ?? [])
    .filter((remark) => remark !== "REVOCATION_NOT_CHECKED")
    .map((remark) => words(`batch_remark_${remark.toLowerCase()}`));
  const isVouched = isVouchedFor(row);
  const declared = isVouched ? {} : { class: "declared" };
  const certified = isVouched ? (inspected?.certified ?? null) : null;
  const time =
    certified !== null
      ? certifiedTimeText(certified.time)
      : row.date === null
        ? "—"
        : `${new Date(row.date).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return element("tr", {}, [
    element("td", { class: "muted" }, String(number)),
    element("td", { class: word }, [
      element("strong", {}, wordText(word, words)),
      ...(reason === null ? [] : [element("br", {}), words(reason)]),
      ...(remarks.length === 0 ? [] : [element("br", {}), element("small", {}, remarks.join("; "))]),
      ...(row.isDoubtful ? [element("br", {}), element("small", {}, words("batch_doubtful"))] : []),
    ]),
    element("td", {}, [
      inspected === null ? "—" : words(kindKeyOf(row)),
      ...(inspected === null || inspected.attached === 0
        ? []
        : [element("br", {}), element("small", {}, words("batch_attached", [count(inspected.attached, words)]))]),
    ]),
    element("td", declared, [time, ...(certified === null ? [] : [element("br", {}), small(certified.provider)])]),
    element("td", declared, [foreign(row.subject)]),
    element("td", declared, [foreign(row.from)]),
    element("td", {}, [
      foreign(batchPlaceText(row.place, words)),
      ...(inspected === null ? [] : [element("br", {}), element("code", {}, inspected.sha256)]),
    ]),
  ]);
}

function drawAuthorities({ anchors }: TrustedAuthorities, words: Words): HtmlElement {
  return element("section", {}, [
    element("h2", {}, words("batch_report_authorities")),
    element("table", {}, [
      element(
        "tbody",
        {},
        anchors.map(({ certificate }) =>
          element("tr", {}, [
            element("td", {}, [foreign(certificate.subject.text)]),
            element("td", {}, [element("code", {}, certificate.sha256)]),
          ]),
        ),
      ),
    ]),
  ]);
}

const wordText = (word: (typeof WORDS)[number], words: Words): string => words(`look_${word.replaceAll("-", "_")}`);

const kindKeyOf = ({ outcome }: BatchRow): string =>
  outcome.state === "failed" ? "look_failed" : batchKindKey(outcome);

/** Text that strangers wrote, isolated so that its direction cannot turn ours around. */
const foreign = (text: string): HtmlElement => element("bdi", { dir: "auto" }, visibleCharacters(text));
const small = (text: string): HtmlElement => element("small", {}, [foreign(text)]);

const count = (value: number, words: Words): string => new Intl.NumberFormat(words("locale_tag")).format(value);

function countBy<Key>(rows: readonly BatchRow[], keyOf: (row: BatchRow) => Key): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}
