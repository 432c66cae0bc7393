// Belongs here: what pages ask about bundles of evidence: each request carried out and answered.
// Does NOT belong here: making one (see evidence-jobs.ts).
import type { EvidenceAnswer, EvidenceRequest } from "../../messages.ts";
import type { Opener } from "../../ports/opener.ts";
import type { EvidenceJobs } from "./evidence-jobs.ts";

export interface AnswerEvidenceDependencies {
  readonly jobs: EvidenceJobs;
  readonly opener: Pick<Opener, "openEvidencePage">;
}

/** Never rejects: what goes wrong is an answer too. */
export async function answerEvidence(
  request: EvidenceRequest,
  dependencies: AnswerEvidenceDependencies,
): Promise<EvidenceAnswer> {
  try {
    return await carryOut(request, dependencies);
  } catch {
    return { state: "failed", code: request.name === "open" ? "open-failed" : "internal" };
  }
}

async function carryOut(
  request: EvidenceRequest,
  { jobs, opener }: AnswerEvidenceDependencies,
): Promise<EvidenceAnswer> {
  switch (request.name) {
    case "open":
      await opener.openEvidencePage(jobs.prepare(request.source));
      return { state: "done" };
    case "begin": {
      const begun = await jobs.begin(request.job);
      if ("failed" in begun) return { state: "failed", code: begun.failed };
      return "tooLarge" in begun ? { state: "too-large", ...begun.tooLarge } : { state: "begun", ...begun };
    }
    case "next": {
      const more = await jobs.next(request.job);
      return "failed" in more ? { state: "failed", code: more.failed } : { state: "step", ...more };
    }
    case "hold":
      return jobs.has(request.job) ? { state: "done" } : { state: "failed", code: "interrupted" };
    case "save": {
      const saved = await jobs.save(request.job);
      return typeof saved === "string" ? { state: saved } : { state: "failed", code: saved.failed };
    }
    case "end":
      jobs.end(request.job);
      return { state: "done" };
  }
}
