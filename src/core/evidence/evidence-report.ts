// Belongs here: what a bundle is, as a report for people: one HTML file, to be read and printed anywhere.
// Does NOT belong here: one message of it (see evidence-report-message.ts), writing HTML (see html-text.ts), wording (see _locales).
import { certifiedTimeText, type Words } from "../batch/batch-words.ts";
import type { RecipientStatus } from "../receipts/sent-status.ts";
import type { BundledMessage, EvidenceContents, EvidenceGap, EvidenceOfSent } from "./bundled-message.ts";
import { fileOfReceipt } from "./evidence-manifest.ts";
import { drawMessage, isVouched, messageTitle, timeCell, verdictCell } from "./evidence-report-message.ts";
import { code, command, count, fact, foreign, paragraphs, utcTime } from "./evidence-report-parts.ts";
import { EVIDENCE_STYLE } from "./evidence-style.ts";
import { element, type HtmlContent, htmlDocument, type HtmlElement } from "./html-text.ts";

/** The whole file, piece by piece. */
export function* evidenceReport(contents: EvidenceContents, words: Words): Generator<string, void, undefined> {
  const { sent, messages } = contents;
  const title = words("evidence_report_title");
  const head = { language: words("locale_tag"), title, style: EVIDENCE_STYLE };
  yield* htmlDocument(head, [
    element("main", {}, [
      element("h1", {}, title),
      ...paragraphs(["evidence_report_intro"], words),
      drawFacts(contents, words),
      drawGaps(contents, words),
      ...sent.map((each) => drawSent(each, contents, words)),
      drawList(contents, words),
      drawMeaning(words),
      drawInstructions(contents, words),
      element("section", { class: "messages" }, [
        element("h2", {}, words("evidence_messages")),
        ...messages.map((message) => drawMessage(message, words)),
      ]),
      drawAuthorities(contents, words),
      drawRevocation(contents, words),
      element("footer", {}, paragraphs(["meaning_of_the_seal", "evidence_report_declared"], words)),
    ]),
  ]);
}

function drawFacts({ facts, messages, gaps, revocationFiles }: EvidenceContents, words: Words): HtmlElement {
  const withTroubles = messages.filter(({ inspection }) => inspection.look === "not-valid").length;
  return element("dl", {}, [
    ...fact("evidence_created", words, utcTime(facts.createdAt)),
    ...fact("evidence_program", words, `Sigillo PEC ${facts.version}`),
    ...fact("evidence_count", words, count(messages.length, words)),
    ...(gaps.length === 0 ? [] : fact("evidence_missing", words, element("strong", {}, count(gaps.length, words)))),
    ...(withTroubles === 0 ? [] : fact("evidence_not_valid", words, element("strong", {}, count(withTroubles, words)))),
    ...fact(
      "evidence_revocation",
      words,
      revocationFiles.length === 0
        ? words("evidence_revocation_none")
        : words("evidence_revocation_some", [count(revocationFiles.length, words)]),
    ),
  ]);
}

function drawGaps({ gaps }: EvidenceContents, words: Words): HtmlElement | null {
  if (gaps.length === 0) return null;
  return element("section", { class: "missing" }, [
    element("h2", {}, words("evidence_missing_title")),
    ...paragraphs(["evidence_missing_explained"], words),
    element(
      "ul",
      {},
      gaps.map((gap) => element("li", {}, gapText(gap, words))),
    ),
  ]);
}

function gapText(gap: EvidenceGap, words: Words): readonly HtmlContent[] {
  const { role, kind, why, subject, messageId, date } = gap;
  const what =
    kind === null ? words(`evidence_gap_${role.replaceAll("-", "_")}`) : words(`kind_${kind.replaceAll("-", "_")}`);
  return [
    element("strong", {}, what),
    ...(subject === "" ? [] : [" · ", foreign(subject)]),
    ...(date === null ? [] : [` · ${utcTime(date)}`]),
    ...(messageId === "" ? [] : [" · Message-ID ", code(messageId)]),
    ": ",
    words(`evidence_gap_why_${why.replaceAll("-", "_")}`),
  ];
}

function drawSent(each: EvidenceOfSent, { messages }: EvidenceContents, words: Words): HtmlElement {
  const { entry, status } = each;
  const copy = entry.copies[0];
  const subject = copy?.subject ?? entry.receipts[0]?.subject ?? "";
  const acceptance = status.acceptance ?? status.refusal;
  const columns = ["recipient", "kind", "state", "when", "provider", "receipt"] as const;
  return element("section", { class: "sent" }, [
    element("h2", {}, [words("evidence_sent_title"), ": ", subject === "" ? "—" : foreign(subject)]),
    element("dl", {}, [
      ...fact("fact_sent_by", words, foreign(entry.sender)),
      ...(acceptance === null
        ? fact("kind_accettazione", words, words("evidence_no_acceptance"))
        : fact(
            status.acceptance === null ? "kind_non_accettazione" : "kind_accettazione",
            words,
            `${certifiedTimeText(acceptance.time)} · `,
            foreign(acceptance.provider),
            " ·",
            referenceTo(fileOfReceipt(acceptance, messages), words),
          )),
      ...(acceptance === null ? [] : fact("fact_identifier", words, code(acceptance.identifier))),
    ]),
    element("table", {}, [
      element("thead", {}, [
        element(
          "tr",
          {},
          columns.map((column) => element("th", { scope: "col" }, words(`sent_head_${column}`))),
        ),
      ]),
      element(
        "tbody",
        {},
        status.recipients.map((recipient) => drawRecipient(recipient, messages, words)),
      ),
    ]),
    ...paragraphs(["sent_meaning"], words, "muted"),
    ...(status.recipients.some(({ certified }) => certified === false)
      ? paragraphs(["evidence_law_ordinary"], words, "muted")
      : []),
  ]);
}

function drawRecipient(recipient: RecipientStatus, messages: readonly BundledMessage[], words: Words): HtmlElement {
  const { address, certified, state, decidedBy, contradictions } = recipient;
  const kind = certified === null ? "unknown" : certified ? "certificato" : "esterno";
  // What an acceptance says of ordinary mail is no delivery, and has no time of one.
  const decides = decidedBy?.kind === "accettazione" ? null : decidedBy;
  return element("tr", {}, [
    element("th", { scope: "row" }, [foreign(address)]),
    element("td", {}, words(`recipient_${kind}`)),
    element("td", {}, [
      element("strong", {}, words(`recipient_state_${state.replaceAll("-", "_")}`)),
      ...contradictions.flatMap((receipt) => [
        element("br", {}),
        element("small", {}, [
          words("evidence_contradicted", [words(`kind_phrase_${receipt.kind.replaceAll("-", "_")}`)]),
          referenceTo(fileOfReceipt(receipt, messages), words),
        ]),
      ]),
    ]),
    element("td", {}, decides === null ? "—" : certifiedTimeText(decides.time)),
    element("td", {}, decides === null ? "—" : [foreign(decides.provider)]),
    element("td", {}, decides === null ? "—" : [referenceTo(fileOfReceipt(decides, messages), words)]),
  ]);
}

/** Where a receipt lies in the bundle, or that it does not. */
function referenceTo(message: BundledMessage | null, words: Words): HtmlElement {
  const text = message === null ? words("evidence_not_here") : words("evidence_number", [String(message.number)]);
  return element("span", { class: message === null ? "muted" : "reference" }, ` ${text}`);
}

function drawList({ messages }: EvidenceContents, words: Words): HtmlElement {
  const columns = ["number", "kind", "verdict", "date", "subject"] as const;
  return element("section", {}, [
    element("h2", {}, words("evidence_list")),
    element("table", { class: "list" }, [
      element("thead", {}, [
        element(
          "tr",
          {},
          columns.map((column) => element("th", { scope: "col" }, words(`batch_column_${column}`))),
        ),
      ]),
      element(
        "tbody",
        {},
        messages.map((message) =>
          element("tr", {}, [
            element("td", {}, String(message.number)),
            element("td", {}, [messageTitle(message, words), ...recipientOf(message)]),
            verdictCell(message, words),
            timeCell(message),
            element("td", {}, [subjectOf(message), element("br", {}), code(message.file)]),
          ]),
        ),
      ),
    ]),
  ]);
}

/** As certified where the seal holds; otherwise as the header has it, which nobody vouches for. */
function subjectOf({ inspection }: BundledMessage): HtmlElement {
  const { daticert, header } = inspection;
  if (isVouched(inspection)) return element("span", {}, [foreign(daticert?.oggetto ?? "")]);
  return element("span", { class: "declared" }, [foreign(header.subject)]);
}

/** Which of many receipts it is. */
function recipientOf({ inspection }: BundledMessage): readonly HtmlContent[] {
  const recipient = isVouched(inspection) ? (inspection.daticert?.consegna ?? "") : "";
  return recipient === "" ? [] : [element("br", {}), element("small", {}, [foreign(recipient)])];
}

/** What the rules say, in the words of pec-messages §9 and no others. */
function drawMeaning(words: Words): HtmlElement {
  return element("section", { class: "meaning" }, [
    element("h2", {}, words("evidence_meaning_title")),
    element(
      "ul",
      {},
      [
        "meaning_accettazione",
        "meaning_avvenuta_consegna",
        "meaning_content_completa",
        "meaning_content_breve",
        "meaning_content_sintetica",
        "evidence_law_ordinary",
        "evidence_law_equivalent",
        "evidence_law_time",
        "evidence_law_identity",
        "evidence_law_log",
        "evidence_law_original",
      ].map((key) => element("li", {}, words(key))),
    ),
  ]);
}

function drawInstructions({ messages, anchors }: EvidenceContents, words: Words): HtmlElement {
  const chain = messages.find(({ chainFile }) => chainFile !== null)?.chainFile ?? null;
  const anchor = anchors[0]?.file ?? null;
  return element("section", { class: "instructions" }, [
    element("h2", {}, words("evidence_how_title")),
    ...paragraphs(["evidence_how_intro"], words),
    element("h3", {}, words("evidence_how_files")),
    command("sha256sum -c SHA256SUMS"),
    ...paragraphs(["evidence_how_files_answer"], words),
    element("h3", {}, words("evidence_how_signatures")),
    ...paragraphs(["evidence_how_signatures_explained"], words),
    element(
      "dl",
      { class: "options" },
      [
        ["-attime", "evidence_option_attime"],
        ["-CAfile, -no-CApath", "evidence_option_cafile"],
        ["-certfile", "evidence_option_certfile"],
        ["-verify_email", "evidence_option_email"],
        ["-purpose any", "evidence_option_purpose"],
        ["-auth_level 0", "evidence_option_level"],
        ["-noverify", "evidence_option_noverify"],
        ["-out /dev/null", "evidence_option_out"],
      ].flatMap(([option = "", key = ""]) => [
        element("dt", {}, [element("code", {}, option)]),
        element("dd", {}, words(key)),
      ]),
    ),
    ...paragraphs(["evidence_how_sha1", "evidence_how_more"], words),
    ...(chain === null
      ? []
      : [
          element("h3", {}, words("evidence_how_signer")),
          command(
            `openssl x509 -in ${chain} -noout -subject -issuer -dates -serial -ext subjectAltName,certificatePolicies`,
          ),
          ...paragraphs(["evidence_how_signer_answer"], words),
        ]),
    ...(anchor === null
      ? []
      : [
          element("h3", {}, words("evidence_how_authority")),
          command(`openssl x509 -in ${anchor} -noout -subject -fingerprint -sha256`),
          ...paragraphs(["evidence_how_authority_answer"], words),
        ]),
  ]);
}

function drawAuthorities({ facts, anchors }: EvidenceContents, words: Words): HtmlElement {
  const fileOf = (sha256: string): string | null =>
    anchors.find(({ certificateSha256 }) => certificateSha256 === sha256)?.file ?? null;
  return element("section", {}, [
    element("h2", {}, words("evidence_authorities")),
    ...paragraphs(["evidence_authorities_explained"], words),
    element("table", {}, [
      element(
        "tbody",
        {},
        distinct(facts.authorities.anchors).map(({ certificate, origin, source, date }) => {
          const file = fileOf(certificate.sha256);
          return element("tr", {}, [
            element("td", {}, [
              foreign(certificate.subject.text),
              element("br", {}),
              element("small", {}, [
                ...(origin === "user" ? [element("strong", {}, words("evidence_authority_added", [date]))] : [date]),
                " · ",
                foreign(source),
              ]),
            ]),
            element("td", {}, [
              code(certificate.sha256),
              ...(file === null ? [] : [element("br", {}), words("evidence_used", [file])]),
            ]),
          ]);
        }),
      ),
    ]),
  ]);
}

/** An authority may be known for more than one of its keys. */
const distinct = (anchors: EvidenceContents["facts"]["authorities"]["anchors"]) => [
  ...new Map(anchors.map((anchor) => [`${anchor.certificate.sha256} ${anchor.origin}`, anchor])).values(),
];

function drawRevocation({ revocationFiles }: EvidenceContents, words: Words): HtmlElement | null {
  if (revocationFiles.length === 0) return null;
  return element("section", {}, [
    element("h2", {}, words("evidence_revocation")),
    element(
      "ul",
      {},
      revocationFiles.map(({ file, issuer, thisUpdate }) =>
        element("li", {}, [
          code(file),
          ...(issuer === null ? [] : [" · ", foreign(issuer)]),
          ...(thisUpdate === null ? [] : [` · ${utcTime(thisUpdate)}`]),
        ]),
      ),
    ),
  ]);
}
