// Belongs here: the one import of webextension-polyfill: the seam between our code and Thunderbird's API, replaceable in tests.
// Does NOT belong here: any use of the API (one adapter per API beside this file).
import browser from "webextension-polyfill";

export const messenger = browser;
