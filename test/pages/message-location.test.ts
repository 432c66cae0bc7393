import { describe, expect, it } from "vitest";
import { messageLocation } from "../../src/pages/message-location.ts";

const at = (hash: string, search = "") => messageLocation({ search, hash });

describe("the address of a page", () => {
  it("names the message of a pane", () => {
    expect(at("#tab=3&message=17&view=pane")).toEqual({ view: "pane", target: { tabId: 3, messageId: 17, path: [] } });
  });

  it("names an attached message by its path", () => {
    expect(at("#tab=3&message=17&path=1.0").target).toEqual({ tabId: 3, messageId: 17, path: [1, 0] });
  });

  it("is a popup when it says so or says nothing", () => {
    expect(at("", "?view=popup")).toEqual({ view: "popup", target: null });
    expect(at("")).toEqual({ view: "popup", target: null });
    expect(at("", "?view=stepped-back").view).toBe("stepped-back");
  });

  it.each(["#tab=3", "#tab=x&message=1", "#tab=-1&message=1", "#tab=1.5&message=1", "#tab=1&message=1&path=1.x"])(
    "names nothing when malformed: %s",
    (hash) => {
      expect(at(hash).target).toBeNull();
    },
  );
});
