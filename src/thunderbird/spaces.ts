// Belongs here: the button in the spaces toolbar. Thunderbird forgets it when it ends, and removes it with the add-on.
import type { LedgerButton } from "../ports/ledger-button.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";

const NAME = "ledger";
const PAGE = "pages/ledger/ledger.html";
/**
 * Follows the colours of the toolbar by itself. Not `themeIcons`: of its two icons Thunderbird 153 takes the one for the other
 * theme (its style sheets still name them the way they were before ExtensionParent exchanged them), 140 the right one.
 */
const ICON = "icons/ledger.svg";
/** White on it is readable (4.5 : 1) whatever the theme. */
const BADGE_COLOUR = "#b3131b";
/** The badge has room for no more. */
const MOST = 99;

/** One after the other: two at once would both find no button. */
let last: Promise<unknown> = Promise.resolve();

export const ledgerButton: LedgerButton = {
  show: (problems) => inTurn(() => makeOrUpdate(properties(problems))).then(() => undefined),

  open: () =>
    inTurn(async () => {
      const space = (await find()) ?? (await makeOrUpdate(properties(0)));
      await messenger.spaces.open(space.id);
    }),
};

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

async function find(): Promise<{ readonly id: number } | null> {
  return (await messenger.spaces.query({ name: NAME, isSelfOwned: true }))[0] ?? null;
}

async function makeOrUpdate(button: ReturnType<typeof properties>): Promise<{ readonly id: number }> {
  const space = await find();
  if (space === null) return messenger.spaces.create(NAME, { url: messenger.runtime.getURL(PAGE) }, button);
  await messenger.spaces.update(space.id, button);
  return space;
}

function properties(problems: number) {
  return {
    title: problems === 0 ? translate("space_title") : translate("space_title_problems", [String(problems)]),
    defaultIcons: ICON,
    badgeText: problems === 0 ? null : problems > MOST ? `${MOST}+` : String(problems),
    badgeBackgroundColor: BADGE_COLOUR,
  };
}
