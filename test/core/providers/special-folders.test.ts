import { describe, expect, it } from "vitest";
import type { FolderNames } from "../../../src/core/providers/operator.ts";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { specialFolders, type FolderUse } from "../../../src/core/providers/special-folders.ts";

const folder = (path: string, ...declared: readonly FolderUse[]) => ({
  path: path.split("/"),
  declared,
  selectable: true,
});

/** `use: path (by)` of what is pointed at. */
const pointed = (folders: readonly ReturnType<typeof folder>[], known: FolderNames | null = null) =>
  Object.entries(specialFolders(folders, known)).flatMap(([use, target]) =>
    target === null ? [] : [`${use}: ${target.folder.path.join("/")} (${target.by})`],
  );

const namesOf = (id: string): FolderNames | null => OPERATORS.find((operator) => operator.id === id)?.folders ?? null;

describe("the folders of a mailbox", () => {
  it("are those that the server declares, whatever their names", () => {
    const folders = [folder("INBOX"), folder("INVIATE", "sent"), folder("BOZZE", "drafts"), folder("Sent")];
    expect(pointed(folders, namesOf("tim"))).toEqual(["sent: INVIATE (declared)", "drafts: BOZZE (declared)"]);
    expect(pointed([folder("Uno", "sent"), folder("Due", "archive"), folder("Tre", "trash")])).toEqual([
      "sent: Uno (declared)",
      "archive: Due (declared)",
      "trash: Tre (declared)",
    ]);
  });

  it.each([
    ["aruba", ["INBOX", "INBOX/Inviata", "INBOX/Bozze", "INBOX/cestino"], "INBOX/Inviata"],
    ["infocert", ["INBOX", "INBOX/Spedite", "INBOX/Sent"], "INBOX/Spedite"],
    ["tim", ["INBOX", "Sent", "inviate", "bozze"], "inviate"],
  ])("%s: by the operator's names when nothing is declared, in whatever case", (id, paths, sent) => {
    expect(
      pointed(
        paths.map((path) => folder(path)),
        namesOf(id),
      ),
    ).toContain(`sent: ${sent} (operator)`);
  });

  it.each([
    [["INBOX", "Sent", "Posta inviata"], "Posta inviata"],
    [["INBOX", "INBOX/Inviati"], "INBOX/Inviati"],
    [["INBOX", "inbox/Elementi  Inviati"], "inbox/Elementi  Inviati"],
    [["INBOX", "Sent Items"], "Sent Items"],
    [["INBOX", "INBOX/Sent", "Sent"], "Sent"],
  ])("%j: by common names, Italian before English, at the top before below the inbox", (paths, sent) => {
    expect(pointed(paths.map((path) => folder(path)))).toEqual([`sent: ${sent} (common-name)`]);
  });

  it("find drafts, archive and trash likewise", () => {
    expect(pointed(["Bozze", "Archivio", "Cestino"].map((path) => folder(path)))).toEqual([
      "drafts: Bozze (common-name)",
      "archive: Archivio (common-name)",
      "trash: Cestino (common-name)",
    ]);
  });

  it("are nothing where nothing fits: the inbox, a person's own folder, one that holds no messages", () => {
    expect(pointed([])).toEqual([]);
    expect(pointed([folder("INBOX"), folder("Clienti/Rossi/Inviate"), folder("Clienti/Inviate")])).toEqual([]);
    expect(pointed([{ ...folder("Inviate", "sent"), selectable: false }])).toEqual([]);
    expect(pointed([folder("INBOX", "sent")])).toEqual([]);
  });

  it("are not taken by name against what the server declares, nor for two uses", () => {
    expect(pointed([folder("Inviate", "trash")])).toEqual(["trash: Inviate (declared)"]);
    expect(pointed([folder("Tutto", "archive", "sent")])).toEqual(["archive: Tutto (declared)"]);
  });

  it("declared twice: the one whose name is known, else the one nearest to the top", () => {
    expect(pointed([folder("Sent", "sent"), folder("INVIATE", "sent")], namesOf("tim"))).toEqual([
      "sent: INVIATE (declared)",
    ]);
    expect(pointed([folder("A/B", "sent"), folder("C", "sent")])).toEqual(["sent: C (declared)"]);
  });

  it("come back as they were given, so that the caller knows which they are", () => {
    const given = { ...folder("Inviata"), id: 7 };
    expect(specialFolders([given], null).sent?.folder).toBe(given);
  });
});
