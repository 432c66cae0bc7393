/* global ChromeUtils, Ci, ExtensionAPIPersistent, ExtensionCommon, Services */
// Belongs here: one remote page of the extension between the header and the body of a message, and nothing about what it shows.
// Does NOT belong here: anything a plain API can do; any knowledge of mail content.
//
// What is relied on, in Thunderbird 140 and 153 (comm/mail/base/content): about:message has #msgHeaderView (the header) in the
// column #singleMessage; `gMessage` is the message it shows or loads; `gMessageListeners` are told synchronously when a message
// begins to replace another one (onStartHeaders) and when its header is there (onEndHeaders), both only for `gMessage`; MsgLoaded
// comes when all of it is there; #msgHeaderView gets "message-header-pane-hidden" when nothing is shown.
"use strict";

const { UIDensity } = ChromeUtils.importESModule("resource:///modules/UIDensity.sys.mjs");

/** So much of the message view may be the pane; a long page then scrolls inside, and the message stays in sight. */
const HEIGHT_LIMIT = "60vh";

/** A page in a box without height is not told its width, which it needs to find its height; the margin takes the pixel back. */
const INVISIBLE = { visibility: "hidden", height: "1px", marginBottom: "-1px" };
const VISIBLE = { visibility: "visible", marginBottom: "0" };

/** Told of a browser when it is zoomed (View → Zoom, or the wheel). */
const ZOOM_EVENTS = ["FullZoomChange", "TextZoomChange"];

/** Whatever changes what getAppearance tells. */
const APPEARANCE_TOPICS = ["lightweight-theme-styling-update", "look-and-feel-changed"];
const APPEARANCE_PREFERENCES = ["mail.uidensity", "mail.uifontsize"];

/** The about:message window of a tab (3-pane tab, message tab or message window); null if it has none or is still loading. */
function messageWindowOf(nativeTab) {
  let inner;
  if (nativeTab.mode === undefined) inner = nativeTab.messageBrowser?.contentWindow;
  else if (nativeTab.mode.name === "mail3PaneTab")
    inner = nativeTab.chromeBrowser?.contentWindow?.messageBrowser?.contentWindow;
  else if (nativeTab.mode.name === "mailMessageTab") inner = nativeTab.chromeBrowser?.contentWindow;
  return inner?.document.getElementById("msgHeaderView") && inner.gMessageListeners ? inner : null;
}

/** Id of the message that about:message shows or loads; null when there is none. */
function loadingId(window, extension) {
  return (window.gMessage && extension.messageManager.convert(window.gMessage)?.id) ?? null;
}

/** The pane of one about:message window. */
class Pane {
  #window;
  #extension;
  #onRemoved;
  /** Id of the message whose header is on the screen; null while one gives way to another. `gMessage` is ahead of it. */
  #headerOf = null;
  /** Where keys come by before Thunderbird's own handlers (mail3PaneWindowCommands.js, SwitchPaneFocus) see them. */
  #keys;
  #browser = null;
  #messageId = null;
  #url = null;
  /** Height of the page that is loaded; null until it was told. */
  #height = null;

  constructor(window, extension, onRemoved) {
    this.#window = window;
    this.#extension = extension;
    this.#onRemoved = onRemoved;
    if (window.msgLoaded) this.#headerOf = loadingId(window, extension);
    window.gMessageListeners.push(this);
    window.addEventListener("MsgLoaded", this);
    for (const type of ZOOM_EVENTS) window.addEventListener(type, this);
    this.#keys = window.browsingContext.topChromeWindow.windowRoot;
    this.#keys.addEventListener("keypress", this, true);
    this.#headerView.addEventListener("message-header-pane-hidden", this);
    window.addEventListener("unload", this);
  }

  get #headerView() {
    return this.#window.document.getElementById("msgHeaderView");
  }

  open(messageId, url) {
    this.#messageId = messageId;
    if (this.#browser !== null && this.#url === url) {
      // Opened ahead, or the same message was loaded anew (its charset, the theme): the page stands as it was.
      this.#show();
      return;
    }
    this.#hide();
    this.#url = url;
    this.#height = null;
    this.#browser ??= this.#createBrowser();
    this.#zoom();
    this.#browser.loadURI(Services.io.newURI(url), {
      triggeringPrincipal: this.#extension.principal,
      loadFlags: Ci.nsIWebNavigation.LOAD_FLAGS_REPLACE_HISTORY,
    });
  }

  /** @returns {boolean} false when the page was opened for another message */
  setHeight(messageId, height) {
    if (this.#browser === null || this.#messageId !== messageId) return false;
    this.#height = height;
    this.#show();
    return true;
  }

  /** Visible only with its height known, and beside the header of its own message. */
  #show() {
    if (this.#browser === null || this.#height === null || this.#messageId !== this.#headerOf) return;
    Object.assign(this.#browser.style, { ...VISIBLE, height: `${Math.ceil(this.#height * this.#browser.fullZoom)}px` });
  }

  remove() {
    const listeners = this.#window.gMessageListeners;
    const index = listeners.indexOf(this);
    if (index >= 0) listeners.splice(index, 1);
    this.#headerView?.removeEventListener("message-header-pane-hidden", this);
    this.#window.removeEventListener("MsgLoaded", this);
    this.#window.removeEventListener("unload", this);
    for (const type of ZOOM_EVENTS) this.#window.removeEventListener(type, this);
    this.#keys.removeEventListener("keypress", this, true);
    this.#removeBrowser();
    this.#onRemoved();
  }

  /** Called by about:message at the moment when the message shown begins to give way to another: no verdict may outlive it. */
  onStartHeaders() {
    this.#headerOf = null;
    this.#hide();
  }

  /** Called by about:message with the new header in place, before it is painted: a pane that is ready appears together with it. */
  onEndHeaders() {
    this.#headerOf = loadingId(this.#window, this.#extension);
    this.#show();
  }

  onEndAttachments() {}

  handleEvent(event) {
    if (event.type === "unload") {
      if (event.target === this.#window.document) this.remove();
    } else if (event.type === "message-header-pane-hidden") {
      this.#headerOf = null;
      this.#hide();
    } else if (event.type === "MsgLoaded") {
      // For a pane made while its message was being loaded.
      this.onEndHeaders();
    } else if (event.type === "oop-browser-crashed") {
      this.#removeBrowser();
    } else if (event.type === "keypress") {
      if (event.key === "F6") this.#stepWithF6(event);
    } else if (ZOOM_EVENTS.includes(event.type) && event.target === this.#window.getMessagePaneBrowser()) {
      this.#zoom();
      this.#show();
    }
  }

  /**
   * F6 goes round the parts of the window, Shift+F6 the other way; the pane is a stop before the message. Thunderbird's list of
   * parts cannot be added to, so the steps between pane and message are taken here, and the one into the pane is put right after it.
   */
  #stepWithF6(event) {
    const pane = this.#browser;
    const message = this.#window.getMessagePaneBrowser();
    if (pane === null || pane.style.visibility !== VISIBLE.visibility || event.ctrlKey || event.altKey) return;
    const { focus } = Services;
    // A message is shown in this process: then not its browser has the focus, but the window in it.
    const isIn = (browser) =>
      focus.focusedElement === browser || (focus.focusedWindow && focus.focusedWindow === browser.contentWindow);
    if (isIn(event.shiftKey ? message : pane)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      (event.shiftKey ? pane : message).focus();
    } else if (!event.shiftKey && !isIn(message)) {
      this.#window.setTimeout(() => isIn(message) && pane.focus());
    }
  }

  /** As large as the message below it. */
  #zoom() {
    if (this.#browser === null) return;
    const { fullZoom, textZoom } = this.#window.getMessagePaneBrowser();
    Object.assign(this.#browser, { fullZoom, textZoom });
  }

  #hide() {
    if (this.#browser === null) return;
    if (this.#window.document.activeElement === this.#browser) this.#window.getMessagePaneBrowser().focus();
    Object.assign(this.#browser.style, INVISIBLE);
  }

  #createBrowser() {
    const browser = this.#window.document.createXULElement("browser");
    const attributes = {
      type: "content",
      remote: "true",
      remoteType: this.#extension.remoteType,
      messagemanagergroup: "webext-browsers",
      initialBrowsingContextGroupId: this.#extension.policy.browsingContextGroupId,
      disableglobalhistory: "true",
      maychangeremoteness: "true",
      autocompletepopup: "PopupAutoComplete",
      tooltip: "aHTMLTooltip",
    };
    for (const [name, value] of Object.entries(attributes)) browser.setAttribute(name, value);
    Object.assign(browser.style, { flex: "none", minHeight: "0", maxHeight: HEIGHT_LIMIT, ...INVISIBLE });
    browser.addEventListener("oop-browser-crashed", this);
    this.#headerView.after(browser);
    return browser;
  }

  #removeBrowser() {
    this.#browser?.remove();
    this.#browser = null;
    this.#messageId = null;
    this.#url = null;
    this.#height = null;
  }
}

this.messageHeaderPane = class extends ExtensionAPIPersistent {
  /** about:message window → Pane */
  #panes = new Map();

  PERSISTENT_EVENTS = {
    onAppearanceChanged({ fire }) {
      const notify = () => fire.async();
      for (const topic of APPEARANCE_TOPICS) Services.obs.addObserver(notify, topic);
      for (const name of APPEARANCE_PREFERENCES) Services.prefs.addObserver(name, notify);
      return {
        unregister() {
          for (const topic of APPEARANCE_TOPICS) Services.obs.removeObserver(notify, topic);
          for (const name of APPEARANCE_PREFERENCES) Services.prefs.removeObserver(name, notify);
        },
        convert(newFire) {
          fire = newFire;
        },
      };
    },
  };

  /** Disabled, removed, updated or reloaded. */
  onShutdown() {
    for (const pane of [...this.#panes.values()]) pane.remove();
  }

  getAPI(context) {
    const { extension } = this;

    const windowOf = (tabId) => {
      const tab = extension.tabManager.get(tabId);
      return messageWindowOf(tab.nativeTab);
    };
    const shows = (window, messageId) => loadingId(window, extension) === messageId;

    return {
      messageHeaderPane: {
        open: async (tabId, messageId, page) => {
          const url = extension.baseURI.resolve(page);
          if (!url.startsWith(extension.baseURI.spec))
            throw new ExtensionCommon.ExtensionError("Not a page of the extension");
          const window = windowOf(tabId);
          if (window === null || !shows(window, messageId)) return false;
          if (!this.#panes.has(window))
            this.#panes.set(window, new Pane(window, extension, () => this.#panes.delete(window)));
          this.#panes.get(window).open(messageId, url);
          return true;
        },

        setHeight: async (tabId, messageId, height) => {
          const window = windowOf(tabId);
          if (window === null || !shows(window, messageId)) return false;
          return this.#panes.get(window)?.setHeight(messageId, height) ?? false;
        },

        getAppearance: async (tabId) => {
          const window = windowOf(tabId);
          return window === null ? null : appearanceOf(window);
        },

        onAppearanceChanged: new ExtensionCommon.EventManager({
          context,
          module: "messageHeaderPane",
          event: "onAppearanceChanged",
          extensionApi: this,
        }).api(),
      },
    };
  }
};

function appearanceOf(window) {
  const box = window.getComputedStyle(window.document.getElementById("messagepanebox"));
  const header = window.getComputedStyle(window.document.getElementById("messageHeader"));
  const names = new Map([
    [UIDensity.MODE_COMPACT, "compact"],
    [UIDensity.MODE_TOUCH, "relaxed"],
  ]);
  return {
    dark: window.matchMedia("(prefers-color-scheme: dark)").matches,
    background: box.backgroundColor,
    text: header.color,
    mutedText: colorOf(window, "color-mix(in srgb, currentColor 70%, transparent)"),
    border: colorOf(window, "var(--splitter-color, color-mix(in srgb, currentColor 25%, transparent))"),
    fontFamily: header.fontFamily,
    fontSize: header.fontSize,
    density: names.get(UIDensity.prefValue) ?? "default",
  };
}

/** What a colour expression means in the message header, as a plain colour. */
function colorOf(window, expression) {
  const probe = window.document.createElement("span");
  probe.style.color = expression;
  window.document.getElementById("messageHeader").append(probe);
  const { color } = window.getComputedStyle(probe);
  probe.remove();
  return color;
}
