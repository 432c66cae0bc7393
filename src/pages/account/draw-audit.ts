// Belongs here: one account that is there: what endangers its mail, each with its reason, the setting before and after, repair and undo.
// Does NOT belong here: the words (see describe-finding.ts), finding anything (see app/account-findings.ts).
import type { AccountAudit, AccountChange, AccountFinding, AccountRepair } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { drawShape } from "../draw-shape.ts";
import { plainText } from "../sentence.ts";
import { foreign, keyOf, own, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type AccountDrawing, drawOutcome, drawParagraph, isoDay, kilobytes, longDay } from "./account-drawing.ts";
import type { AccountState } from "./account-state.ts";
import { describeChange, describeFinding, describeSpace } from "./describe-finding.ts";
import { isOwn, repairAt, undoAt } from "./repair-names.ts";

export function drawAudit(audit: AccountAudit, state: AccountState, drawing: AccountDrawing): VNode {
  const { account, name, address, findings } = audit;
  const { translate } = drawing;
  const mine = findings.filter(({ repair }) => repair === null || repair.owner !== "");
  const everybodys = findings.filter(({ repair }) => repair?.owner === "");
  const repaired = state.repaired.filter((each) => each.account === account);
  return h("section.card", { key: account, attrs: { "data-account": account } }, [
    h("h2", drawValue(foreign(address === "" ? name : address), translate)),
    drawFacts(audit, drawing),
    drawSum(audit, mine, state, drawing),
    mine.length === 0
      ? null
      : h(
          "ul.findings",
          mine.map((finding) => drawFinding(audit, finding, state, drawing)),
        ),
    drawRepaired(account, repaired, state, drawing),
    drawPasswordLife(audit, state, drawing),
    everybodys.length === 0
      ? null
      : h("details.everybodys", [
          h("summary", translate("audit_everybodys")),
          h("p.muted", translate("audit_everybodys_explained")),
          h(
            "ul.findings",
            everybodys.map((finding) => drawFinding(audit, finding, state, drawing)),
          ),
        ]),
    state.depth === "plain" ? drawUnseen(audit, drawing) : null,
  ]);
}

function drawFacts({ operator, type, host, sentFolder, quota, foundBy }: AccountAudit, drawing: AccountDrawing): VNode {
  const { translate, locale } = drawing;
  const facts = [
    operator?.name ?? translate("audit_operator_unknown"),
    type === "imap" ? "IMAP" : "POP3",
    host,
    sentFolder === null ? null : translate("audit_sent_folder", [sentFolder]),
    quota === null ? null : translate("audit_quota", [kilobytes(quota.used, locale), kilobytes(quota.limit, locale)]),
    foundBy === "receipts" ? translate("audit_found_by_receipts") : null,
  ];
  return h("p.muted.facts", facts.filter((fact) => fact !== null).join(" · "));
}

/** In one line whether anything is to be done. */
function drawSum(
  { account, findings }: AccountAudit,
  mine: readonly AccountFinding[],
  state: AccountState,
  drawing: AccountDrawing,
): VNode {
  const { translate, locale, deeds } = drawing;
  const count = mine.length;
  const repairable = findings.filter(isOwn).length;
  const worst = mine.some(({ weight }) => weight === "loses") ? "bad" : count > 0 ? "late" : "good";
  const at = `repair-all ${account}`;
  const key =
    count === 0
      ? state.depth === "full"
        ? "audit_nothing"
        : "audit_nothing_plain"
      : count === 1
        ? "audit_one"
        : "audit_some";
  return h(`div.sum.${worst}`, [
    drawShape(worst),
    h("strong", translate(key, count > 1 ? [new Intl.NumberFormat(locale).format(count)] : [])),
    repairable > 1
      ? drawButton(
          at,
          translate("audit_repair_all", [new Intl.NumberFormat(locale).format(repairable)]),
          () => deeds.repairAll(account),
          state,
          { kind: "primary" },
        )
      : null,
    drawOutcome(at, state, drawing),
  ]);
}

function drawFinding(
  { account, quota }: AccountAudit,
  finding: AccountFinding,
  state: AccountState,
  drawing: AccountDrawing,
): VNode {
  const { translate, locale, deeds } = drawing;
  const { id, repair, weight } = finding;
  const space = id === "quota-nearly-full" ? describeSpace(state.spaces[account] ?? null, quota, locale) : null;
  const words = describeFinding(finding, locale);
  const at = repairAt(account, finding);
  const page = String(finding.values["page"] ?? "");
  // Several identities may have the same to be done by hand.
  const address = String(finding.values["address"] ?? "");
  const servers = `servers ${address}`;
  return h(`li.finding.${weight}`, { key: `${at} ${address}`, attrs: { "data-finding": id } }, [
    h("h3", [
      drawShape(weight === "loses" ? "bad" : weight === "hinders" ? "late" : "note"),
      h("span", drawSentence(words.title, translate)),
    ]),
    drawParagraph("p", words.why, drawing),
    space === null ? null : drawParagraph("p", space, drawing),
    words.byHand === null ? null : drawParagraph("p.by-hand", words.byHand, drawing),
    page === "" ? null : h("p", [drawPage(page, drawing)]),
    repair === null && (id === "outgoing-ordinary" || id === "outgoing-unknown")
      ? h("p.buttons", [drawButton(servers, translate("audit_find_servers"), () => deeds.findServers(address), state)])
      : null,
    repair === null ? null : drawChange(repair, drawing),
    repair === null
      ? null
      : h("p.buttons", [
          drawButton(
            at,
            translate(repair.owner === "" ? "audit_change" : "audit_repair"),
            () => deeds.repair(account, finding),
            state,
            {
              about: plainText(words.title, translate),
            },
          ),
          drawOutcome(at, state, drawing),
        ]),
  ]);
}

function drawPage(url: string, { translate, deeds }: AccountDrawing): VNode {
  return h(
    "button.link",
    { attrs: { type: "button" }, on: { click: () => deeds.openLink(url) } },
    translate("account_password_page"),
  );
}

function drawChange(change: AccountChange, { translate, locale }: AccountDrawing): VNode {
  const { setting, from, to } = describeChange(change, locale);
  return h("p.change", [
    h("span.setting", [...drawSentence(setting, translate), ":"]),
    " ",
    h("span.before", [h("span.spoken", `${translate("audit_before")} `), ...drawValue(from, translate)]),
    " ",
    h("span.arrow", { attrs: { "aria-hidden": "true" } }, "→"),
    " ",
    h("strong.after", [h("span.spoken", `${translate("audit_after")} `), ...drawValue(to, translate)]),
  ]);
}

function drawRepaired(
  account: string,
  repaired: readonly AccountRepair[],
  state: AccountState,
  drawing: AccountDrawing,
): VNode | null {
  if (repaired.length === 0) return null;
  const { translate, locale, deeds } = drawing;
  const all = `undo-all ${account}`;
  return h("div.repaired", { attrs: { role: "group", "aria-label": translate("audit_repaired_title") } }, [
    h("h3", translate("audit_repaired_title")),
    h(
      "ul",
      repaired.map((each) => {
        const at = undoAt(each);
        const { setting } = describeChange(each.change, locale);
        return h("li", { key: at }, [
          drawShape("good"),
          drawChange(each.change, drawing),
          drawButton(at, translate("audit_undo"), () => deeds.undo(each), state, {
            about: plainText(setting, translate),
          }),
          drawOutcome(at, state, drawing),
        ]);
      }),
    ),
    repaired.length > 1
      ? h("p.buttons", [
          drawButton(all, translate("audit_undo_all"), () => deeds.undoAll(account), state),
          drawOutcome(all, state, drawing),
        ])
      : null,
  ]);
}

/** A password that ends after some months: telling the person before, if they say since when it is there. */
function drawPasswordLife(audit: AccountAudit, state: AccountState, drawing: AccountDrawing): VNode | null {
  const { passwordLife: life, address, account } = audit;
  if (life === null) return null;
  const { translate, locale, now, deeds } = drawing;
  const at = `remind ${address}`;
  const field = `made-${account}`;
  const months = new Intl.NumberFormat(locale).format(life.months);
  const values = [foreign(life.name), own(months)];
  const made = life.madeAt ?? life.storedAt ?? now;
  const input = (): string => {
    const element = document.getElementById(field);
    return element instanceof HTMLInputElement ? element.value : "";
  };
  return h("details.password-life", { props: { open: life.madeAt !== null } }, [
    h("summary", translate("reminder_title")),
    drawParagraph(
      "p.muted",
      sentence(life.always ? "reminder_explained_always" : "reminder_explained", ...values),
      drawing,
    ),
    life.endsAt === null
      ? null
      : h("p", [
          h(
            "strong",
            translate(life.endsAt > now ? "reminder_ends" : "reminder_ended", [longDay(life.endsAt, locale)]),
          ),
        ]),
    h("div.field", [
      h("label", { attrs: { for: field } }, translate("reminder_made")),
      h("input", {
        key: `${field} ${isoDay(made)}`,
        attrs: { id: field, type: "date", "data-at": `day ${address}`, value: isoDay(made), max: isoDay(now) },
      }),
    ]),
    h("p.buttons", [
      drawButton(
        at,
        translate(life.madeAt === null ? "reminder_set" : "reminder_change"),
        () => deeds.remind(audit, input()),
        state,
      ),
      life.madeAt === null
        ? null
        : drawButton(`${at} off`, translate("reminder_off"), () => deeds.remind(audit, null), state),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}

/** What this package cannot see, to be looked at by hand. */
function drawUnseen({ type }: AccountAudit, { translate }: AccountDrawing): VNode {
  const points = type === "pop3" ? ["server", "age", "junk", "bcc"] : ["sent", "junk", "bcc"];
  // Open: it is what makes receipts go, and nothing above can tell of it.
  return h("details.unseen", { props: { open: true } }, [
    h("summary", translate("unseen_title")),
    h("p.muted", translate("unseen_explained")),
    h(
      "ul.checklist",
      points.map((point) => h("li", [drawShape("todo"), h("span", translate(keyOf("unseen", type, point)))])),
    ),
    h("p.muted", translate("unseen_login")),
  ]);
}
