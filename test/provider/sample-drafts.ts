// Belongs here: drafts of right messages that valid cases, forgeries and the demo mailbox share. Does NOT belong here: sealing, judging.
import { at } from "./local-time.ts";
import { withField } from "./mime-builder.ts";
import { acceptance, delivery, PROVIDER_A, PROVIDER_B, transportEnvelope } from "./pec-messages.ts";
import { FORMAL_NOTICE, RECIPIENTS, REPLY, SHORT_MAIL } from "./sample-mail.ts";
import type { Draft } from "./sign-message.ts";

/** Envelope with HTML and attachments, received by the lawyer on 19 October 2026. */
export const REPLY_ENVELOPE: Draft = transportEnvelope(REPLY, PROVIDER_A, at("2026-10-19T16:45:02+02:00"));

/** Short plain envelope of 20 October 2026. */
export const SHORT_ENVELOPE: Draft = transportEnvelope(SHORT_MAIL, PROVIDER_A, at("2026-10-20T08:17:33+02:00"));

export const NOTICE_ACCEPTANCE: Draft = acceptance(FORMAL_NOTICE, PROVIDER_A, at("2026-10-12T09:30:15+02:00"));

export const NOTICE_DELIVERY: Draft = delivery(
  FORMAL_NOTICE,
  PROVIDER_B,
  at("2026-10-12T09:30:41+02:00"),
  RECIPIENTS.COMPANY.address,
);

/** A draft under another value of a header field. */
export const withHeader = (draft: Draft, name: string, value: string, spelling = name): Draft => ({
  ...draft,
  header: withField(draft.header, name, value, spelling),
});
