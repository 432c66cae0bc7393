// Belongs here: the system's dialog that asks where to save, answered without a person.
import type { Thunderbird } from "./thunderbird.ts";

/** From now on the dialog saves under that name in the profile. Gives what reads the file, as text. */
export async function answerSaveDialog(thunderbird: Thunderbird, name: string): Promise<() => Promise<string>> {
  await answerWith(thunderbird, name, "returnOK");
  return () => thunderbird.run<string>(`return IOUtils.readUTF8(PathUtils.join(PathUtils.profileDir, args[0]));`, name);
}

/** The same. Gives where the file will be. */
export async function answerSaveDialogWithPath(thunderbird: Thunderbird, name: string): Promise<string> {
  await answerWith(thunderbird, name, "returnOK");
  return thunderbird.run<string>(`return PathUtils.join(PathUtils.profileDir, args[0]);`, name);
}

/** From now on the dialog is closed. */
export function closeSaveDialog(thunderbird: Thunderbird): Promise<void> {
  return answerWith(thunderbird, "none", "returnCancel");
}

function answerWith(thunderbird: Thunderbird, name: string, answer: "returnOK" | "returnCancel"): Promise<void> {
  return thunderbird.run(
    `const file = Services.dirsvc.get("ProfD", Ci.nsIFile);
     file.append(args[0]);
     class Picker {
       init() {}
       appendFilter() {}
       appendFilters() {}
       set displayDirectory(_directory) {}
       set defaultString(_name) {}
       get file() { return file; }
       open(callback) { Services.tm.dispatchToMainThread(() => callback.done(Ci.nsIFilePicker[args[1]])); }
     }
     const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
     const factory = { createInstance: () => new Picker(), QueryInterface: ChromeUtils.generateQI(["nsIFactory"]) };
     registrar.registerFactory(Services.uuid.generateUUID(), "test picker", "@mozilla.org/filepicker;1", factory);`,
    name,
    answer,
  );
}
